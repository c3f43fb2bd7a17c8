/** Files that a customer sends, from the request itself or from an address that it names, into the blob store. */
import type { Attachment, Conversation } from '@parley/engine';
import { BlobTooLarge } from '../../blobs/blob-store.ts';
import { type MessagingChannel, parseChannelKey } from './channel-row.ts';
import { customMessagingLimits } from './limits.ts';
import type { MessagingContext } from './messaging-context.ts';
import { MessagingProblem } from './messaging-problem.ts';
import type { GivenFile } from './parse-activity.ts';

const fetchMilliseconds = 10_000;
const unknownType = 'application/octet-stream';

/** Endings of programs and of documents that run some: nobody should be one click away from them. */
const blockedEndings: ReadonlySet<string> = new Set(
  (
    'ade adp app asa ashx asmx asp bas bat cdx cer chm class cmd com config cpl crt csh dll exe fxp hlp hta htr htw ida idc idq inf ins ' +
    'isp its jar js jse ksh lnk mad maf mag mam maq mar mas mat mau mav maw mda mdb mde mdt mdw mdz msc msh msi msp mst ops pcd pif prf ' +
    'prg printer ps1 psc1 pst reg rem scf scr sct shb shs shtm shtml soap stm svg tmp url vb vbe vbs vsmacros vss vst vsw ws wsc wsf wsh'
  ).split(' '),
);

/** All or none of them. @throws MessagingProblem notSupported, body */
export async function storeFiles(
  context: Pick<MessagingContext, 'attachments' | 'fetch'>,
  channel: MessagingChannel,
  conversation: Conversation,
  files: readonly GivenFile[],
): Promise<Attachment[]> {
  if (files.length > 0 && !channel.takesFilesFromCustomers)
    throw new MessagingProblem('notSupported', 'The channel takes no files from customers.');
  for (const { name } of files) {
    const ending = name.split('.').at(-1)?.toLowerCase() ?? '';
    if (name.includes('.') && blockedEndings.has(ending))
      throw new MessagingProblem('notSupported', `Files ending in .${ending} are not taken.`);
  }
  const stored: Attachment[] = [];
  try {
    for (const file of files) stored.push(await storeFile(context, conversation, file));
    return stored;
  } catch (error) {
    await context.attachments.forget(stored.map(({ id }) => id));
    throw error;
  }
}

async function storeFile(
  context: Pick<MessagingContext, 'attachments' | 'fetch'>,
  conversation: Conversation,
  file: GivenFile,
): Promise<Attachment> {
  const { bytes, contentType } =
    file.source.kind === 'content'
      ? { bytes: file.source.bytes, contentType: undefined }
      : await download(context, file.name, file.source.url);
  const { maximumBytes } = customMessagingLimits.attachments;
  try {
    return await context.attachments.store(
      {
        conversationId: conversation.id,
        name: file.name,
        contentType: file.contentType ?? contentType ?? unknownType,
        content: toStream(bytes),
        uploadedBy: { kind: 'customer', id: parseChannelKey(conversation.channelKey ?? '')?.customerId ?? null },
      },
      maximumBytes,
    );
  } catch (error) {
    if (error instanceof BlobTooLarge) throw new MessagingProblem('body', `${file.name}: ${error.message}`);
    throw error;
  }
}

async function download(
  { fetch }: Pick<MessagingContext, 'fetch'>,
  name: string,
  url: string,
): Promise<{ readonly bytes: Buffer; readonly contentType: string | undefined }> {
  const answer = await fetch.send({
    url,
    method: 'GET',
    headers: { 'user-agent': 'Parley' },
    timeoutMilliseconds: fetchMilliseconds,
    maximumBytes: customMessagingLimits.attachments.maximumBytes,
    onLongBody: 'fail',
  });
  if (answer.kind !== 'answered')
    throw new MessagingProblem('body', `${name} could not be fetched from its contentUrl: ${answer.reason}.`);
  if (answer.status !== 200)
    throw new MessagingProblem('body', `${name} could not be fetched: its contentUrl answered ${answer.status}.`);
  const type = answer.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return {
    bytes: answer.body,
    contentType: type !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : undefined,
  };
}

async function* toStream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
