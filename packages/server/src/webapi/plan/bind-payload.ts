/** The JSON body of a create or update, bound to the table: values, links to existing rows, and rows to create along. */
import type { JsonObject, JsonValue } from '@parley/odata';
import { WebApiError } from '@parley/protocol';
import { nearestName } from '../../model/nearest-name.ts';
import {
  type Column,
  isLookup,
  type ManyToMany,
  type ManyToOne,
  type OneToMany,
  type Table,
  type TableModel,
  tableNamed,
} from '../../model/table-model.ts';
import { bindValue } from './bind-value.ts';
import { parseRowReference, type RowReference } from './entity-reference.ts';
import type { Parameter } from './plan.ts';

/** A single-valued link to an existing row, or its removal. */
export type LinkChange = { readonly navigation: ManyToOne; readonly target: RowReference | null };

export type BoundPayload = {
  readonly table: Table;
  /** By logical name of the column that stores the value. */
  readonly values: ReadonlyMap<string, Parameter | null>;
  readonly links: readonly LinkChange[];
  /** Deep insert: rows created first, that this row then points to. */
  readonly parents: readonly { readonly navigation: ManyToOne; readonly payload: BoundPayload }[];
  /** Deep insert: rows created after, that point to this row. */
  readonly children: readonly { readonly navigation: OneToMany | ManyToMany; readonly payload: BoundPayload }[];
  /** Existing rows to be linked into a collection of this row. */
  readonly collectionLinks: readonly { readonly navigation: OneToMany | ManyToMany; readonly target: RowReference }[];
  readonly primaryId: string | undefined;
  /** Whether state or status came through a column that mirrors it. */
  readonly isMirrored: boolean;
};

type Draft = {
  values: Map<string, Parameter | null>;
  links: Map<string, LinkChange>;
  parents: BoundPayload['parents'][number][];
  children: BoundPayload['children'][number][];
  collectionLinks: BoundPayload['collectionLinks'][number][];
  primaryId: string | undefined;
  isMirrored: boolean;
};

export type PayloadMode = 'create' | 'update';

const maximumDepth = 10;

/** @throws WebApiError for unknown members and values that do not fit */
export function bindPayload(
  model: TableModel,
  table: Table,
  body: JsonObject,
  mode: PayloadMode,
  depth = 0,
): BoundPayload {
  if (depth > maximumDepth) failPayload(table, `Rows may be nested ${maximumDepth} deep at most.`);
  const draft: Draft = {
    values: new Map(),
    links: new Map(),
    parents: [],
    children: [],
    collectionLinks: [],
    primaryId: undefined,
    isMirrored: false,
  };
  for (const [name, value] of body.members) bindMember(model, table, draft, name, value, mode, depth);
  return { table, ...draft, links: [...draft.links.values()] };
}

export function failPayload(table: Table, detail: string): never {
  throw new WebApiError('payload', { set: table.entitySetName, detail });
}

function bindMember(
  model: TableModel,
  table: Table,
  draft: Draft,
  name: string,
  value: JsonValue,
  mode: PayloadMode,
  depth: number,
): void {
  const at = name.indexOf('@');
  if (at !== -1) {
    if (name.slice(at) === '@odata.bind') bindLink(model, table, draft, name.slice(0, at), value, mode);
    return;
  }
  const column = table.properties.get(name);
  if (column !== undefined) return bindColumn(table, draft, column, value, mode);
  const navigation = table.navigation.get(name);
  if (navigation !== undefined) return bindNavigation(model, table, draft, name, value, mode, depth);
  const hidden = table.columns.get(name);
  // Companion names come back in clients' round trips; a bare lookup name may only clear it.
  if (hidden !== undefined && hidden.propertyName === undefined) return;
  if (hidden !== undefined && isLookup(hidden) && value === null) return clearLookup(table, draft, hidden, mode);
  const nearest = nearestName(name, [...table.properties.keys(), ...table.navigation.keys()]);
  failPayload(
    table,
    `The property '${name}' does not exist on type 'Microsoft.Dynamics.CRM.${table.logicalName}'.${nearest === undefined ? '' : ` Did you mean '${nearest}'?`}`,
  );
}

function bindColumn(table: Table, draft: Draft, column: Column, value: JsonValue, mode: PayloadMode): void {
  if (isLookup(column))
    failPayload(
      table,
      `The property '${column.propertyName}' is read-only; bind the row with its navigation property and @odata.bind.`,
    );
  if (column === table.primaryId) {
    const id = value === null ? null : bindValue(table, column, value);
    if (id !== null) draft.primaryId = String(id.value);
    return;
  }
  const isWritable = mode === 'create' ? column.isValidForCreate : column.isValidForUpdate;
  if (!isWritable) return;
  const parameter = bindValue(table, column, value);
  const { storage } = column;
  if (storage.kind === 'column') setValue(table, draft, column, column.logicalName, parameter);
  else if (storage.kind === 'alias') {
    setValue(table, draft, column, storage.of, parameter);
    draft.isMirrored = true;
  }
}

/** Two names of one stored value must agree. */
function setValue(table: Table, draft: Draft, column: Column, stored: string, parameter: Parameter | null): void {
  const before = draft.values.get(stored);
  if (before !== undefined && before?.value !== parameter?.value) {
    throw new WebApiError('stateOrStatusInvalid', {
      detail: `'${column.logicalName}' and '${stored}' of ${table.logicalName} always have the same value.`,
    });
  }
  draft.values.set(stored, parameter);
}

function bindLink(
  model: TableModel,
  table: Table,
  draft: Draft,
  name: string,
  value: JsonValue,
  mode: PayloadMode,
): void {
  const navigation = table.navigation.get(name);
  if (navigation === undefined) {
    return failPayload(
      table,
      `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In Parley's model the type 'Microsoft.Dynamics.CRM.${table.logicalName}' has no such navigation property.`,
    );
  }
  if (navigation.kind !== 'manyToOne') {
    if (mode === 'update')
      failPayload(table, `The collection '${name}' cannot be bound in an update; use its $ref address.`);
    if (!Array.isArray(value)) failPayload(table, `'${name}@odata.bind' must be a list of references.`);
    for (const item of value)
      draft.collectionLinks.push({
        navigation,
        target: requireReference(model, name, item, collectionTable(navigation)),
      });
    return;
  }
  const target = value === null ? null : requireReference(model, name, value, navigation.referencedTable);
  addLink(table, draft, { navigation, target }, mode);
}

function collectionTable(navigation: OneToMany | ManyToMany): string {
  return navigation.kind === 'oneToMany' ? navigation.relationship.referencingTable : navigation.otherTable;
}

/** One lookup is set once; of several navigation properties of a many-table lookup, one may set it and others clear it. */
function addLink(table: Table, draft: Draft, link: LinkChange, mode: PayloadMode): void {
  const { column } = link.navigation;
  const isWritable = mode === 'create' ? column.isValidForCreate : column.isValidForUpdate;
  if (!isWritable) return;
  const before = draft.links.get(column.logicalName);
  if (before !== undefined && before.target !== null && link.target !== null) {
    failPayload(
      table,
      `The lookup '${column.logicalName}' is bound twice: '${before.navigation.navigationProperty}' and '${link.navigation.navigationProperty}'.`,
    );
  }
  if (before?.target !== null && before !== undefined) return;
  if (link.target === null && column.requiredLevel === 'SystemRequired')
    throw new WebApiError('requiredFieldMissing', { column: column.logicalName });
  draft.links.set(column.logicalName, link);
}

function requireReference(model: TableModel, name: string, value: JsonValue, referencedTable: string): RowReference {
  const reference = typeof value === 'string' ? parseRowReference(model, value) : undefined;
  const isRightTable =
    reference !== undefined &&
    (referencedTable === 'principal'
      ? reference.table.baseType === 'principal'
      : fitsTable(reference.table, referencedTable));
  if (reference === undefined || !isRightTable) {
    throw new WebApiError('invalidBindUrl', {
      url: typeof value === 'string' ? value.slice(0, 200) : (JSON.stringify(value)?.slice(0, 50) ?? ''),
      property: name,
    });
  }
  return reference;
}

function fitsTable(table: Table, referencedTable: string): boolean {
  return table.logicalName === referencedTable || (referencedTable === 'activitypointer' && table.isActivity);
}

function bindNavigation(
  model: TableModel,
  table: Table,
  draft: Draft,
  name: string,
  value: JsonValue,
  mode: PayloadMode,
  depth: number,
): void {
  const navigation = table.navigation.get(name);
  if (navigation === undefined) return;
  if (navigation.kind === 'manyToOne') {
    if (value === null) return addLink(table, draft, { navigation, target: null }, mode);
    const payload = bindNested(model, table, name, value, navigation.referencedTable, mode, depth);
    draft.parents.push({ navigation, payload });
    return;
  }
  if (!Array.isArray(value)) return failPayload(table, `'${name}' is a collection and needs a list of rows.`);
  for (const item of value) {
    draft.children.push({
      navigation,
      payload: bindNested(model, table, name, item, collectionTable(navigation), mode, depth),
    });
  }
}

function bindNested(
  model: TableModel,
  table: Table,
  name: string,
  value: JsonValue,
  target: string,
  mode: PayloadMode,
  depth: number,
): BoundPayload {
  if (mode === 'update')
    return failPayload(table, `Rows cannot be created through '${name}' in an update; bind an existing one.`);
  if (value === null || typeof value !== 'object' || !('kind' in value) || value.kind !== 'object')
    return failPayload(table, `'${name}' needs a row as a JSON object.`);
  if (target === 'principal')
    return failPayload(table, `A row cannot be created through '${name}'; bind a user or team.`);
  return bindPayload(model, tableNamed(model, target), value, 'create', depth + 1);
}

function clearLookup(table: Table, draft: Draft, column: Column, mode: PayloadMode): void {
  const navigation = [...table.navigation.values()].find(
    (item): item is ManyToOne => item.kind === 'manyToOne' && item.column === column,
  );
  if (navigation !== undefined) addLink(table, draft, { navigation, target: null }, mode);
}
