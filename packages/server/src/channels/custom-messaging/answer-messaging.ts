/** The messaging API for custom channels (behaviour reference, 10.3): from a request to its answer, failures included. */
import { WebApiError } from '@parley/protocol';
import { requireChannel } from './channel-row.ts';
import { createConversation } from './create-conversation.ts';
import type { AdmittedRequest, MessagingAnswer, MessagingContext, MessagingRequest } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { listContext, listConversations, listMessages } from './read-conversations.ts';
import { readGuid } from './read-values.ts';
import { sendActivity } from './send-activity.ts';
import { sendAttachment } from './send-attachment.ts';

type Answer = (context: MessagingContext, request: AdmittedRequest, origin: string) => Promise<MessagingAnswer>;

/** The first whose pattern fits counts; groups become `parts`. */
const routes: readonly { readonly method: 'GET' | 'POST'; readonly path: RegExp; readonly answer: Answer }[] = [
  { method: 'POST', path: /^conversation\/create$/i, answer: createConversation },
  { method: 'POST', path: /^conversation\/([^/]+)$/i, answer: sendActivity },
  { method: 'GET', path: /^conversations$/i, answer: listConversations },
  { method: 'GET', path: /^conversation\/([^/]+)\/messages$/i, answer: listMessages },
  { method: 'GET', path: /^conversation\/([^/]+)\/contexts?$/i, answer: listContext },
  { method: 'GET', path: /^attachments\/([^/]+)$/i, answer: sendAttachment },
];

/**
 * @param origin of this server as the request reached it
 * @throws MessagingProblem for everything that is wrong with the request; anything else is a fault of this program
 */
export async function answerMessaging(
  context: MessagingContext,
  request: MessagingRequest,
  origin: string,
): Promise<MessagingAnswer> {
  const fitting = routes.filter(({ path }) => path.test(request.path));
  if (fitting.length === 0) throw new MessagingProblem('pathUnknown');
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = fitting.find((candidate) => candidate.method === method);
  if (route === undefined) throw new MessagingProblem('method');
  const caller = await context.authenticate(request.headers);
  if (!context.mayUseChannel(caller)) throw new MessagingProblem('notAllowed');
  const channel = await requireChannel(context.database, requireHeaders(context, request));
  const [, ...parts] = route.path.exec(request.path) ?? [];
  return route.answer(context, { ...request, channel, parts }, origin);
}

/** @returns the id of the channel @throws MessagingProblem organization, channel */
function requireHeaders({ organizationId }: MessagingContext, { headers }: MessagingRequest): string {
  const organization = headers['organization-id'];
  if (typeof organization !== 'string' || readGuid(organization) !== organizationId.toLowerCase())
    throw new MessagingProblem('organization');
  const channel = headers['channel-id'];
  const id = typeof channel === 'string' ? readGuid(channel) : undefined;
  if (id === undefined) throw new MessagingProblem('channel');
  return id;
}

/** The problem that a failure is; undefined for those that nobody expects. */
export function problemOf(error: unknown): MessagingProblem | undefined {
  if (error instanceof MessagingProblem) return error;
  if (!(error instanceof WebApiError)) return undefined;
  if (error.errorName === 'conversationRefused') return new MessagingProblem('conflict', error.message);
  switch (error.definition.status) {
    case 401:
      return new MessagingProblem('notSignedIn', error.message);
    case 403:
      return new MessagingProblem('notAllowed', error.message);
    case 400:
      return new MessagingProblem('body', error.message);
    // The work stream: everything else that can be missing has been looked at before.
    case 404:
      return new MessagingProblem('workStream', error.message);
    case 503:
      return new MessagingProblem('busy', error.message);
    default:
      return undefined;
  }
}
