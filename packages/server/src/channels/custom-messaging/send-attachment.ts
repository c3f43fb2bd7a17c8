/** `GET attachments/{id}`: a file of one of the channel's conversations, whole or a range of it. */
import type { ByteRange } from '../../blobs/blob-store.ts';
import { requireConversation } from './find-conversation.ts';
import type { AdmittedRequest, MessagingAnswer, MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import { requireGuid } from './read-values.ts';

/** @throws MessagingProblem id, notFound, range */
export async function sendAttachment(context: MessagingContext, request: AdmittedRequest): Promise<MessagingAnswer> {
  const missing = new MessagingProblem('notFound', 'There is no such attachment on this channel.');
  const file = await context.attachments.find(requireGuid(request.parts[0], 'The attachment id'));
  if (file === undefined) throw missing;
  await requireConversation(context, request.channel, file.conversationId);
  const { range: given } = request.headers;
  const range = typeof given === 'string' ? parseRange(given, file.size) : undefined;
  const body = await context.attachments.open(file.id, range);
  if (body === undefined) throw missing;
  const last = range?.last ?? file.size - 1;
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'Content-Type': file.contentType,
      'Content-Length': String(range === undefined ? file.size : last - range.first + 1),
      ...(range === undefined ? {} : { 'Content-Range': `bytes ${range.first}-${last}/${file.size}` }),
      'Accept-Ranges': 'bytes',
      // Customers choose type and content: a browser must neither guess nor run any of it.
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeName(file.name)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
    body,
  };
}

/** One range of bytes; other forms are ignored, as RFC 9110 (14.2) allows. @throws MessagingProblem range */
function parseRange(header: string, size: number): Required<ByteRange> | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header) ?? [];
  if (from === '' && to === '') return undefined;
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  if (first > last) throw new MessagingProblem('range', `The file has ${size} bytes.`);
  return { first, last };
}

/** RFC 8187: percent-encoded UTF-8. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
