/** All metadata records of one model, built as they are asked for and kept while the model lives: tools ask a lot. */
import type { Option, Table, TableModel } from '../../model/table-model.ts';
import { describeColumn } from './describe-column.ts';
import { type ChoiceSet, choiceOf, describeChoice } from './describe-label.ts';
import { describeKey, describeManyToMany, describeManyToOne, describeTable } from './describe-table.ts';
import type { MetadataRecord } from './metadata-record.ts';

export type MetadataCatalog = {
  /** Items of a metadata set by its name; undefined where there is no such set. */
  readonly listSet: (name: string) => readonly MetadataRecord[] | undefined;
};

const catalogs = new WeakMap<TableModel, Map<number, MetadataCatalog>>();

/** The catalog of a model in a language, built once. */
export function catalogOf(model: TableModel, languageCode: number): MetadataCatalog {
  const byLanguage = catalogs.get(model) ?? new Map<number, MetadataCatalog>();
  catalogs.set(model, byLanguage);
  const known = byLanguage.get(languageCode);
  if (known !== undefined) return known;
  const catalog = buildCatalog(model, languageCode);
  byLanguage.set(languageCode, catalog);
  return catalog;
}

function buildCatalog(model: TableModel, languageCode: number): MetadataCatalog {
  const relationships = once(() => describeRelationships(model));
  const choices = once(() => describeGlobalChoices(model, languageCode));
  const tables = once(() =>
    [...model.tables.values()].map((table) => describeTable(table, model, languageCode, tableLinks(table))),
  );
  return {
    listSet: (name) => {
      if (name === 'EntityDefinitions') return tables();
      if (name === 'RelationshipDefinitions') return [...relationships().values()];
      return name === 'GlobalOptionSetDefinitions' ? [...choices().values()] : undefined;
    },
  };

  function tableLinks(table: Table): Readonly<Record<string, () => readonly MetadataRecord[]>> {
    const related = (names: readonly string[]) =>
      names.map((name) => relationships().get(name)).filter((record) => record !== undefined);
    const navigation = [...table.navigation.values()];
    return {
      Attributes: once(() =>
        [...table.columns.values()].map((column, index) =>
          describeColumn(table, column, index + 1, languageCode, (name) => choices().get(name)),
        ),
      ),
      Keys: once(() => table.alternateKeys.map((key) => describeKey(table, key, languageCode))),
      ManyToOneRelationships: once(() =>
        related(navigation.flatMap((item) => (item.kind === 'manyToOne' && !item.isAlias ? [item.schemaName] : []))),
      ),
      OneToManyRelationships: once(() =>
        related(navigation.flatMap((item) => (item.kind === 'oneToMany' ? [item.relationship.schemaName] : []))),
      ),
      ManyToManyRelationships: once(() =>
        related(navigation.flatMap((item) => (item.kind === 'manyToMany' ? [item.schemaName] : []))),
      ),
    };
  }
}

function describeRelationships(model: TableModel): ReadonlyMap<string, MetadataRecord> {
  const records = new Map<string, MetadataRecord>();
  for (const table of model.tables.values()) {
    for (const item of table.navigation.values()) {
      if (item.kind === 'manyToOne' && !item.isAlias) records.set(item.schemaName, describeManyToOne(item, model));
      if (item.kind === 'manyToMany') records.set(item.schemaName, describeManyToMany(table, item));
    }
  }
  return records;
}

/** Shared choices. Columns may offer only some of the options, so the choice itself is what they offer together. */
function describeGlobalChoices(model: TableModel, languageCode: number): ReadonlyMap<string, MetadataRecord> {
  const choices = new Map<string, ChoiceSet & { readonly merged: Map<number, Option> }>();
  for (const table of model.tables.values()) {
    for (const column of table.columns.values()) {
      const choice = choiceOf(column, table.logicalName);
      if (choice === undefined || !choice.isGlobal) continue;
      const known = choices.get(choice.name) ?? { ...choice, merged: new Map<number, Option>() };
      for (const option of choice.options) known.merged.set(option.value, option);
      choices.set(choice.name, known);
    }
  }
  return new Map(
    [...choices].map(([name, choice]) => {
      const options = [...choice.merged.values()].sort((left, right) => left.value - right.value);
      return [name, describeChoice({ ...choice, options }, languageCode)];
    }),
  );
}

function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
