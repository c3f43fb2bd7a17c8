/** Addresses for probes and Prometheus. */
import type { Pool } from 'pg';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { type Page, sendJson, sendText } from './router.ts';

export type Metrics = { readonly registry: Registry; readonly requests: Histogram<'surface' | 'status'> };

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'Time from a request to its answer, by surface and status class.',
    labelNames: ['surface', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return { registry, requests };
}

/** @param isReady false from the moment the server stops taking work */
export function operationsPages(pool: Pool, metrics: Metrics, isReady: () => boolean): ReadonlyMap<string, Page> {
  return new Map<string, Page>([
    ['/health/live', { methods: ['GET'], answer: (_, response) => sendJson(response, 200, { status: 'live' }) }],
    [
      '/health/ready',
      {
        methods: ['GET'],
        answer: async (_, response) => {
          const reaches =
            isReady() &&
            (await pool.query('SELECT 1').then(
              () => true,
              () => false,
            ));
          sendJson(response, reaches ? 200 : 503, { status: reaches ? 'ready' : 'not ready' });
        },
      },
    ],
    [
      '/metrics',
      {
        methods: ['GET'],
        answer: async (_, response) =>
          sendText(response, 200, await metrics.registry.metrics(), metrics.registry.contentType),
      },
    ],
  ]);
}
