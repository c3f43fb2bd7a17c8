/** Skills and the ratings that they are measured by. Behaviour reference, section 4.3: ratings of different models are normalised. */
import { type ConfigurationSource, readWhole } from './configuration-source.ts';
import type { NamedThing } from './rule-names.ts';

export type Skills = {
  readonly skillNames: ReadonlyMap<string, string>;
  /** Rating values, from 0 to 1 over their model. */
  readonly ratings: ReadonlyMap<string, number>;
  /** A value by its own name, or, where two models have one of that name, with the name of the model before it. */
  readonly ratingNames: readonly NamedThing[];
};

export async function buildSkills(source: ConfigurationSource): Promise<Skills> {
  const skills = await source.table('characteristic', ['characteristicid', 'name']);
  const models = new Map(
    (await source.table('ratingmodel', ['ratingmodelid', 'name', 'minratingvalue', 'maxratingvalue'])).map((row) => [
      row.ratingmodelid,
      row,
    ]),
  );
  const ratings = new Map<string, number>();
  const ratingNames: NamedThing[] = [];
  for (const row of await source.table('ratingvalue', ['ratingvalueid', 'name', 'ratingmodel', 'value'])) {
    const model = models.get(row.ratingmodel);
    const id = row.ratingvalueid ?? '';
    if (model === undefined) continue;
    const least = readWhole(model.minratingvalue) ?? 0;
    const range = (readWhole(model.maxratingvalue) ?? 0) - least;
    const value = readWhole(row.value) ?? 0;
    ratings.set(id, range > 0 ? Math.min(1, Math.max(0, (value - least) / range)) : 1);
    ratingNames.push({ id, names: [row.name ?? '', `${model.name}/${row.name}`] });
  }
  return {
    skillNames: new Map(skills.map((row) => [row.characteristicid ?? '', row.name ?? ''])),
    ratings,
    ratingNames,
  };
}
