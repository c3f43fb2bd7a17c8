/** One item of the metadata endpoints before it is cut to a request's $select and $expand. */

/** Anything `JSON.stringify` writes as it stands; `object` stands for the raw numbers of `rawNumber`. */
export type JsonLike = null | boolean | number | string | RawNumber | readonly JsonLike[] | JsonRecord;
export type JsonRecord = { readonly [name: string]: JsonLike };

/** A number that `JSON.stringify` writes exactly as its text: 64-bit limits and decimals do not fit a double. */
export type RawNumber = { readonly rawJSON: string };

export type MetadataRecord = {
  /** Name of the item's own type, e.g. `StatusAttributeMetadata`. */
  readonly type: string;
  /** Every member of the type and its base types. */
  readonly members: JsonRecord;
  /** What $expand and the path may reach from here, found only when asked for. */
  readonly navigation: Readonly<Record<string, () => MetadataLink>>;
};

export type MetadataLink = MetadataRecord | readonly MetadataRecord[] | undefined;

/** @param text a JSON number */
export function rawNumber(text: string): RawNumber {
  // The cast: TypeScript's library does not know JSON.rawJSON yet, which Node has had since version 21.
  return (JSON as unknown as { rawJSON(text: string): RawNumber }).rawJSON(text);
}

export function isRecordList(link: MetadataLink): link is readonly MetadataRecord[] {
  return Array.isArray(link);
}
