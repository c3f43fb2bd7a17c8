/** What every read works with. */
import type { TableModel } from '../../model/table-model.ts';
import type { Principal } from '../../security/caller.ts';
import type { RunContext } from '../plan/plan.ts';
import type { WebApiRequest } from '../request/web-api-request.ts';
import type { RowContext } from '../response/row-writer.ts';
import type { Executor } from '../run/executor.ts';
import type { WriteRules } from '../write/write-context.ts';

/** Where credentials are kept; sign-in's business, not the Web API's. */
export type Credentials = {
  setUserPassword(systemUserId: string, password: string): Promise<void>;
  setApplicationSecret(application: {
    readonly clientId: string;
    readonly secret: string;
    readonly systemUserId: string;
  }): Promise<void>;
};

export type RequestContext = {
  readonly model: TableModel;
  readonly request: WebApiRequest;
  readonly executor: Executor;
  findPrincipal(userId: string): Promise<Principal | undefined>;
  readonly credentials: Credentials;
  readonly rules: WriteRules;
  /** The moment of the request by the one clock: milliseconds since 1970, UTC. */
  readonly now: number;
  /** The $metadata document, with or without annotations. */
  metadataDocument(annotations: boolean): string;
};

export function runContext(context: RequestContext, keys: readonly string[]): RunContext {
  return { caller: context.request.caller, keys, now: context.now };
}

export function rowContext(context: RequestContext): RowContext {
  const { timeZone, languageCode } = context.request.caller.principal;
  return { apiRoot: context.request.apiRoot, display: { timeZone, languageCode } };
}
