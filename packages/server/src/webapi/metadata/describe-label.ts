/** Labels and choices as the metadata endpoints show them. */
import { stableGuid } from '../../model/stable-guid.ts';
import type { Column, Option } from '../../model/table-model.ts';
import type { JsonLike, JsonRecord, MetadataRecord } from './metadata-record.ts';
import { hasPublisherPrefix } from './table-features.ts';

/**
 * A Label. The model knows one language, so the user's label is the only label.
 * @param name what the label belongs to; makes its identifier
 */
export function describeLabel(text: string, name: string, languageCode: number): JsonRecord {
  if (text === '') return { LocalizedLabels: [], UserLocalizedLabel: null };
  const label = {
    Label: text,
    LanguageCode: languageCode,
    IsManaged: true,
    MetadataId: stableGuid(`metadata:label:${name}`),
    HasChanged: null,
  };
  return { LocalizedLabels: [label], UserLocalizedLabel: label };
}

export function describeManagedProperty(value: boolean, managedProperty: string): JsonRecord {
  return { Value: value, CanBeChanged: false, ManagedPropertyLogicalName: managedProperty };
}

/** What a choice column offers: the set's own identity and the options, whether shared between columns or not. */
export type ChoiceSet = {
  readonly name: string;
  readonly isGlobal: boolean;
  readonly type: 'Picklist' | 'State' | 'Status' | 'Boolean';
  readonly displayName: string;
  readonly options: readonly Option[];
};

/** The choice of a column; undefined where the column has none. */
export function choiceOf(column: Column, table: string): ChoiceSet | undefined {
  const type = choiceType(column);
  if (type === undefined) return undefined;
  return {
    name: column.globalChoiceName ?? `${table}_${column.logicalName}`,
    isGlobal: column.globalChoiceName !== undefined,
    type,
    displayName: column.displayName,
    options: column.options,
  };
}

function choiceType(column: Column): ChoiceSet['type'] | undefined {
  if (column.type === 'State' || column.type === 'Status' || column.type === 'Boolean') return column.type;
  return column.type === 'Picklist' || column.type === 'MultiSelectPicklist' ? 'Picklist' : undefined;
}

export function describeChoice(choice: ChoiceSet, languageCode: number): MetadataRecord {
  const option = (value: Option) => describeOption(value, choice, languageCode);
  const base = {
    MetadataId: stableGuid(`metadata:choice:${choice.name}`),
    HasChanged: null,
    Name: choice.name,
    IsGlobal: choice.isGlobal,
    IsCustomOptionSet: hasPublisherPrefix(choice.name),
    OptionSetType: choice.type,
    DisplayName: describeLabel(choice.displayName, `choice:${choice.name}`, languageCode),
    Description: describeLabel('', '', languageCode),
    IsCustomizable: describeManagedProperty(false, 'iscustomizable'),
  };
  if (choice.type !== 'Boolean') {
    return { type: 'OptionSetMetadata', members: { ...base, Options: choice.options.map(option) }, navigation: {} };
  }
  const sides: Record<string, JsonLike> = { TrueOption: null, FalseOption: null };
  for (const side of choice.options) sides[side.value === 1 ? 'TrueOption' : 'FalseOption'] = option(side);
  return { type: 'BooleanOptionSetMetadata', members: { ...base, ...sides }, navigation: {} };
}

function describeOption(option: Option, choice: ChoiceSet, languageCode: number): JsonRecord {
  const common = {
    Value: option.value,
    Color: null,
    IsManaged: true,
    ExternalValue: null,
    ParentValues: [],
    Tag: null,
    IsHidden: false,
    MetadataId: null,
    HasChanged: null,
    Label: describeLabel(option.label, `option:${choice.name}.${option.value}`, languageCode),
    Description: describeLabel('', '', languageCode),
  };
  if (choice.type === 'State') {
    const state = { DefaultStatus: option.defaultStatus ?? null, InvariantName: option.invariantName ?? option.label };
    return { '@odata.type': '#Microsoft.Dynamics.CRM.StateOptionMetadata', ...common, ...state };
  }
  if (choice.type === 'Status') {
    const status = { State: option.state ?? null, TransitionData: null };
    return { '@odata.type': '#Microsoft.Dynamics.CRM.StatusOptionMetadata', ...common, ...status };
  }
  return common;
}
