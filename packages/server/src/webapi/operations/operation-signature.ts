/**
 * What an operation of the Web API looks like from outside: enough to declare it in $metadata and to check a call.
 * Types are written as in CSDL: `Edm.Guid`, `mscrm.crmbaseentity`, `Collection(Edm.String)`.
 */

export type OperationParameter = {
  readonly name: string;
  readonly type: string;
  /** True when the caller may leave the parameter out or send null. */
  readonly nullable?: boolean;
};

export type ComplexProperty = { readonly name: string; readonly type: string };

/** A type that parameters or results are made of, under the alias `mscrm`. */
export type ComplexTypeDefinition = { readonly name: string; readonly properties: readonly ComplexProperty[] };

export type OperationSignature = {
  readonly name: string;
  readonly kind: 'function' | 'action';
  /** Table (logical name) that the operation is called on; `collection` when it is called on the set, not on a row. */
  readonly bound?: { readonly table: string; readonly collection: boolean };
  readonly parameters: readonly OperationParameter[];
  /** Absent: the answer is 204 without a body. */
  readonly returns?:
    | { readonly complexType: string; readonly properties: readonly ComplexProperty[] }
    | { readonly type: string };
  /** Complex types that parameters and results of this operation mention and that no other part declares. */
  readonly types?: readonly ComplexTypeDefinition[];
};
