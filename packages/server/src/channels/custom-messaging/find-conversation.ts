/** The conversation that a request names, if it is one of its channel. */
import type { Conversation } from '@parley/engine';
import { keyPrefixOf, type MessagingChannel } from './channel-row.ts';
import type { MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { requireGuid } from './read-values.ts';

/** @throws MessagingProblem id, notFound: conversations of other channels do not exist here */
export async function requireConversation(
  { conversations }: Pick<MessagingContext, 'conversations'>,
  channel: MessagingChannel,
  id: string | undefined,
): Promise<Conversation> {
  const conversation = await conversations.find(requireGuid(id, 'The conversation id'));
  if (conversation?.channelKey?.startsWith(keyPrefixOf(channel.id)) !== true) throw new MessagingProblem('notFound');
  return conversation;
}
