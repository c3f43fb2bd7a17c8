/** Errors as texts to keep beside what failed, for people to look at. The stack is in the log. */

const longestText = 2_000;

/** Name, message and causes, at most 2,000 characters, without what PostgreSQL cannot store. */
export function errorText(error: unknown): string {
  return describe(error, 0).replaceAll('\0', '').slice(0, longestText);
}

function describe(error: unknown, depth: number): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined || depth > 3 ? '' : `; because of ${describe(error.cause, depth + 1)}`;
  return `${error.name}: ${error.message}${cause}`;
}
