/** Customers of the chaos run: they write over the custom messaging API, each message until it is acknowledged. */
import { randomUUID } from 'node:crypto';
import { type Person, pause, startPerson, type World } from './people.ts';
import { chooseOne, type Random } from './random.ts';

export type Channel = { readonly channelId: string; readonly organizationId: string };

type Known = { readonly conversationId: string; readonly customerId: string };

/** Conversations that a customer goes on with. */
const remembered = 5;

/** Starts conversations, goes on with earlier ones, and asks again for one that is there already. */
export function startCustomer(world: World, channel: Channel, random: Random): Person {
  const known: Known[] = [];
  return startPerson(async (isOver) => {
    const dice = random();
    const earlier = chooseOne(random, known);
    if (earlier === undefined || dice < 0.3) {
      const customerId = earlier !== undefined && dice < 0.06 ? earlier.customerId : `customer-${randomUUID()}`;
      const conversationId = await startConversation(world, channel, customerId, isOver);
      if (conversationId !== undefined) known.push({ conversationId, customerId });
      if (known.length > remembered) known.shift();
    } else if (!(await writeTo(world, channel, earlier, isOver))) {
      known.splice(known.indexOf(earlier), 1);
    }
    await pause(random() * 800);
  });
}

/** @returns the conversation; undefined when the run was over first, or the conversation was being closed */
export async function startConversation(
  world: World,
  channel: Channel,
  customerId: string,
  isOver: () => boolean,
): Promise<string | undefined> {
  const requestId = randomUUID();
  const text = `Start ${requestId}`;
  const answer = await say(world, channel, 'create', isOver, {
    customercontext: { customerid: customerId, firstname: 'Chaos' },
    conversationcontext: {},
    conversationrequestid: requestId,
    startmessage: { message: text },
  });
  if (answer === undefined) return undefined;
  const conversationId = String(answer['conversationId']);
  if (answer['isNew'] === true) world.tally.conversationsStarted += 1;
  world.tally.acknowledged.push({ conversationId, text });
  return conversationId;
}

/** @returns false when the conversation takes no more */
async function writeTo(world: World, channel: Channel, to: Known, isOver: () => boolean): Promise<boolean> {
  const id = randomUUID();
  const text = `Message ${id}`;
  const answer = await say(world, channel, to.conversationId, isOver, {
    type: 'message',
    id,
    text,
    from: { id: to.customerId },
  });
  if (answer === undefined) return false;
  world.tally.acknowledged.push({ conversationId: to.conversationId, text });
  return true;
}

async function say(
  world: World,
  { channelId, organizationId }: Channel,
  what: string,
  isOver: () => boolean,
  body: unknown,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const headers = { 'channel-id': channelId, 'organization-id': organizationId };
  const answer = await world.insist({ target: `/api/v1.0/consumer/conversation/${what}`, body, headers }, isOver);
  return answer !== undefined && answer.status < 300 ? answer.json : undefined;
}
