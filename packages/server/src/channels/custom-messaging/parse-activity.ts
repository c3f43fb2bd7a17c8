/** Activities of the customer: what they write and do (behaviour reference, 10.3; the members of Bot Framework activities). */
import { customMessagingLimits } from './limits.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { type JsonObject, readText, requireGuid, requireObject } from './read-values.ts';

/** A file that comes along, not read yet. */
export type GivenFile = {
  readonly name: string;
  /** As the sender says; undefined: as its address says. */
  readonly contentType: string | undefined;
  readonly source:
    | { readonly kind: 'content'; readonly bytes: Buffer }
    | { readonly kind: 'url'; readonly url: string };
};

export type CustomerActivity =
  | {
      readonly type: 'message';
      readonly id: string | null;
      readonly text: string;
      readonly contentType: 'text/plain' | 'text/markdown';
      readonly files: readonly GivenFile[];
    }
  | { readonly type: 'typing' | 'endOfConversation'; readonly id: string | null }
  | {
      readonly type: 'event';
      readonly id: string | null;
      readonly name: string;
      readonly readMessageId: string | null;
    };

const longestText = 6000;
const { maximumCount: maximumFiles } = customMessagingLimits.attachments;
export const longestId = 200;
const longestName = 250;
const longestUrl = 2000;
const mediaTypePattern = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

/** @throws MessagingProblem */
export function parseActivity(body: JsonObject): CustomerActivity {
  const id = readText(body['id'], 'id', { longest: longestId, tooLong: 'id' }) || null;
  const { type } = body;
  switch (type) {
    case 'message':
      return parseMessage(body, id);
    case 'typing':
    case 'endOfConversation':
      return { type, id };
    case 'event':
      return parseEvent(body, id);
    default:
      throw new MessagingProblem('body', 'type must be message, typing, endOfConversation or event.');
  }
}

function parseMessage(body: JsonObject, id: string | null): CustomerActivity {
  const text = readText(body['text'], 'text', { longest: longestText, tooLong: 'textTooLong' }) ?? '';
  const given = body['attachments'] ?? [];
  if (!Array.isArray(given)) throw new MessagingProblem('body', 'attachments must be a list.');
  if (given.length > maximumFiles)
    throw new MessagingProblem('body', `A message may have ${maximumFiles} attachments.`);
  const files = given.map((file: unknown, index) => parseFile(file, `attachments[${index}]`));
  if (text.trim() === '' && files.length === 0)
    throw new MessagingProblem('emptyMessage', 'The message has neither text nor attachments.');
  return {
    type: 'message',
    id,
    text,
    contentType: body['textFormat'] === 'markdown' ? 'text/markdown' : 'text/plain',
    files,
  };
}

function parseEvent(body: JsonObject, id: string | null): CustomerActivity {
  const name = readText(body['name'], 'name', { longest: longestName }) ?? '';
  if (name === '') throw new MessagingProblem('body', 'An event needs a name.');
  if (name !== 'MessageRead') return { type: 'event', id, name, readMessageId: null };
  const { messageId } = requireObject(body['value'], 'value') as { readonly messageId?: unknown };
  return { type: 'event', id, name, readMessageId: requireGuid(messageId, 'value.messageId') };
}

function parseFile(value: unknown, place: string): GivenFile {
  const given = requireObject(value, place);
  const contentType = readText(given['contentType'], `${place}.contentType`, { longest: longestName })
    ?.split(';')[0]
    ?.trim()
    .toLowerCase();
  if (contentType !== undefined && !mediaTypePattern.test(contentType))
    throw new MessagingProblem('body', `${place}.contentType is not a media type.`);
  const name = cleanName(readText(given['name'], `${place}.name`, { longest: longestName }));
  const { content, contentUrl } = given;
  if (typeof content === 'string')
    return { name, contentType, source: { kind: 'content', bytes: decode(content, `${place}.content`) } };
  if (typeof contentUrl !== 'string')
    throw new MessagingProblem('body', `${place} needs contentUrl, or content in base64.`);
  if (!contentUrl.startsWith('data:')) {
    if (contentUrl.length > longestUrl)
      throw new MessagingProblem('body', `${place}.contentUrl may have ${longestUrl} characters.`);
    return { name, contentType, source: { kind: 'url', url: contentUrl } };
  }
  const [, type = '', base64] = /^data:([^,;]*)(?:;[^,]*)?;base64,(.*)$/s.exec(contentUrl) ?? [];
  if (base64 === undefined) throw new MessagingProblem('body', `${place}.contentUrl must be a data URL in base64.`);
  return {
    name,
    contentType: contentType ?? (mediaTypePattern.test(type) ? type.toLowerCase() : undefined),
    source: { kind: 'content', bytes: decode(base64, `${place}.contentUrl`) },
  };
}

/** A name and nothing else: no folders, no control characters. */
function cleanName(name: string | undefined): string {
  const last = name?.split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/\p{Cc}|\p{Cf}/gu, '').trim();
  return clean === '' || /^\.+$/.test(clean) ? 'attachment' : clean;
}

function decode(base64: string, place: string): Buffer {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64))
    throw new MessagingProblem('body', `${place} is not base64.`);
  return Buffer.from(base64, 'base64');
}
