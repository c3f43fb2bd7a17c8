/** Which annotations `Prefer: odata.include-annotations` asks for: OData 4.0 part 1, 8.2.8.4. */
import { DOT, isBlank, MINUS } from './characters.ts';

/**
 * Whether a comma list of annotation patterns includes the annotation `name` (qualified, without `@`).
 *
 * A pattern is `*`, `Namespace.*` or a name; a leading `-` excludes what it matches. The most specific pattern that
 * matches decides; of equally specific ones the last. A namespace includes the namespaces below it.
 *
 * @example matchesAnnotation('*,-Microsoft.Dynamics.CRM.*', 'Microsoft.Dynamics.CRM.morerecords') // false
 */
export function matchesAnnotation(pattern: string, name: string): boolean {
  let isIncluded = false;
  let best = -1;
  let start = 0;
  while (start <= pattern.length) {
    const comma = pattern.indexOf(',', start);
    const next = comma === -1 ? pattern.length : comma;
    let end = next;
    while (start < end && isBlank(pattern.charCodeAt(start))) start += 1;
    while (end > start && isBlank(pattern.charCodeAt(end - 1))) end -= 1;
    const isExclusion = pattern.charCodeAt(start) === MINUS;
    const specificity = matchOne(pattern, isExclusion ? start + 1 : start, end, name);
    if (specificity >= best && specificity >= 0) {
      best = specificity;
      isIncluded = !isExclusion;
    }
    start = next + 1;
  }
  return isIncluded;
}

/** How specifically `pattern[start, end)` matches the name: the characters it fixes, or -1 if it does not match. */
function matchOne(pattern: string, start: number, end: number, name: string): number {
  const length = end - start;
  if (length <= 0) return -1;
  if (!pattern.startsWith('*', end - 1)) {
    return length === name.length && pattern.startsWith(name, start) ? length : -1;
  }
  const fixed = length - 1;
  if (fixed > 0 && pattern.charCodeAt(end - 2) !== DOT) return -1;
  return fixed < name.length && name.startsWith(pattern.slice(start, end - 1)) ? fixed : -1;
}
