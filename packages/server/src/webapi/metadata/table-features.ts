/** What Dataverse switches on per table and the facts do not state: derived here so that $metadata and EntityDefinitions agree. */
import type { Table, TableModel } from '../../model/table-model.ts';

/** True when rows carry a version, so that If-Match can be checked. */
export function hasOptimisticConcurrency(table: Table): boolean {
  return table.columns.has('versionnumber') && !table.isView;
}

/** True when `odata.track-changes` may be asked for: versioned tables whose rows have an owner or belong to the organisation. */
export function hasChangeTracking(table: Table): boolean {
  return hasOptimisticConcurrency(table) && !table.isIntersect && table.ownership !== 'None';
}

/** True when notes can be attached to the rows. */
export function hasNotes(table: Table, model: TableModel): boolean {
  return model.tables.get('annotation')?.columns.get('objectid')?.targets.includes(table.logicalName) ?? false;
}

const publisherPrefixes = ['msdyn_', 'msfp_', 'msft_', 'parley_'];

/** True for names that a publisher's solution brought (`msdyn_liveconversation`), false for those of the platform itself. */
export function hasPublisherPrefix(name: string): boolean {
  return publisherPrefixes.some((prefix) => name.startsWith(prefix));
}
