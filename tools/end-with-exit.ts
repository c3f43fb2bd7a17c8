/**
 * Loaded into every test process before its tests: a signal ends it through `process.exit`, so that what it started (servers,
 * databases) is ended by its exit handlers instead of staying behind.
 */
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
