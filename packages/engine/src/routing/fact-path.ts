/** Dotted paths into facts, taken apart once and read often. */
import type { Scalar, Subject } from './configuration.ts';

export type FactReader = (subject: Subject) => Scalar;

/** One name of a path, and everything from that name on: it may be one name with dots in it (context variables). */
type Step = { readonly name: string; readonly rest: string };

/** Reads the fact at a path; null when there is none. */
export function compilePath(path: string): FactReader {
  const names = path.split('.');
  const steps: readonly Step[] = names.map((name, index) => ({ name, rest: names.slice(index).join('.') }));
  const last = steps.length - 1;
  return (subject) => {
    let here: Subject = subject;
    for (let index = 0; index <= last; index += 1) {
      const { name, rest } = steps[index] ?? { name: '', rest: '' };
      const whole = Object.hasOwn(here, rest) ? here[rest] : undefined;
      if (whole !== undefined) return typeof whole === 'object' ? null : whole;
      if (index === last) return null;
      const next = Object.hasOwn(here, name) ? here[name] : undefined;
      if (typeof next !== 'object' || next === null) return null;
      here = next;
    }
    return null;
  };
}
