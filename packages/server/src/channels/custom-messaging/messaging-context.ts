/** What the messaging API is made from, and its requests and answers: free of sockets, so that it is tested without one. */
import type { Attachments } from '../../blobs/attachments.ts';
import type { ByteStream } from '../../blobs/blob-store.ts';
import type { Clock } from '../../clock.ts';
import type { ConversationService } from '../../conversations/conversation-service.ts';
import type { Database } from '../../db/database.ts';
import type { Caller } from '../../security/caller.ts';
import type { GuardedFetch } from '../webhooks/guarded-fetch.ts';
import type { MessagingChannel } from './channel-row.ts';
import type { JsonObject } from './read-values.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type MessagingContext = {
  readonly database: Database;
  readonly conversations: ConversationService;
  readonly attachments: Attachments;
  readonly fetch: GuardedFetch;
  readonly clock: Clock;
  readonly organizationId: string;
  /** @throws WebApiError when the token is missing or wrong, or its user disabled */
  authenticate(headers: Headers): Caller | Promise<Caller>;
  /** Whether the caller may create conversations, however far that reaches. */
  mayUseChannel(caller: Caller): boolean;
};

export type MessagingRequest = {
  readonly method: string;
  /** Behind `/api/v1.0/consumer/`, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** @throws MessagingProblem tooLarge, body */
  readBody(): Promise<JsonObject>;
};

export type MessagingAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | ByteStream;
};

/** A request that has passed the checks that all have in common. */
export type AdmittedRequest = MessagingRequest & {
  readonly channel: MessagingChannel;
  /** Of the path, in their order. */
  readonly parts: readonly string[];
};

export function answerJson(value: unknown): MessagingAnswer {
  return { status: 200, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: JSON.stringify(value) };
}
