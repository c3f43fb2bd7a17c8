/**
 * Stores the transcript of a conversation that was closed: a row of msdyn_transcript with one note, whose body is the list of
 * messages (behaviour reference, 6.2). Private notes are not part of it.
 */
import { derivedId, type Guid } from '@parley/engine';
import type { Database } from '../db/database.ts';
import type { Consumer } from '../outbox/consumer.ts';
import type { ConversationService, StoredMessage } from './conversation-service.ts';

const page = 1000;

/** The row and the note have ids that follow from the conversation's, so that doing it twice is doing it once. */
const insertTranscript = `WITH item AS (
    SELECT activityid, ownerid, ownerid_table, owningbusinessunit, createdby FROM data.msdyn_ocliveworkitem WHERE activityid = $1::uuid
  ), transcript AS (
    INSERT INTO data.msdyn_transcript (msdyn_transcriptid, msdyn_name, msdyn_liveworkitemidid, ownerid, ownerid_table, owningbusinessunit, createdby, modifiedby)
    SELECT $2::uuid, 'Transcript', activityid, ownerid, ownerid_table, owningbusinessunit, createdby, createdby FROM item
    ON CONFLICT (msdyn_transcriptid) DO NOTHING
  )
  INSERT INTO data.annotation (annotationid, subject, filename, mimetype, isdocument, documentbody, filesize, objectid, objectid_table, ownerid,
    ownerid_table, owningbusinessunit, createdby, modifiedby)
  SELECT $3::uuid, 'Transcript', 'message.txt', 'application/json', true, $4, $5::integer, $2::uuid, 'msdyn_transcript', ownerid, ownerid_table,
    owningbusinessunit, createdby, createdby FROM item
  ON CONFLICT (annotationid) DO NOTHING`;

export function transcriptConsumer(database: Database, conversations: Pick<ConversationService, 'messages'>): Consumer {
  return {
    name: 'transcripts',
    types: new Set(['StatusChanged']),
    async handle({ conversationId, body }) {
      if (body.type !== 'StatusChanged' || body.to !== 'closed' || conversationId === null) return;
      const messages = await readAll(conversations, conversationId);
      const text = JSON.stringify(messages.filter(({ audience }) => audience !== 'note').map(transcriptMessage));
      const body64 = Buffer.from(text, 'utf8').toString('base64');
      await database.query(insertTranscript, [
        conversationId,
        derivedId(conversationId, 'transcript', 1, 0),
        derivedId(conversationId, 'transcript note', 1, 0),
        body64,
        Buffer.byteLength(text),
      ]);
    },
  };
}

async function readAll(conversations: Pick<ConversationService, 'messages'>, id: Guid): Promise<StoredMessage[]> {
  const all: StoredMessage[] = [];
  for (;;) {
    const next = await conversations.messages(id, { after: all.at(-1)?.number ?? 0, limit: page });
    all.push(...next);
    if (next.length < page) return all;
  }
}

function transcriptMessage(message: StoredMessage) {
  const { kind, id, name } = message.author;
  const identity = { id: id ?? '', displayName: name ?? (kind === 'customer' ? 'Customer' : '') };
  return {
    id: String(message.sentOn),
    created: new Date(message.sentOn).toISOString(),
    createdDateTime: new Date(message.sentOn).toISOString(),
    content: message.content,
    contentType: message.contentType === 'text/html' ? 'html' : 'text',
    isControlMessage: kind === 'system',
    deliveryMode: kind === 'bot' ? 'bridged' : 'unbridged',
    tags: kind === 'system' ? 'system' : message.audience,
    from: kind === 'bot' || kind === 'system' ? { application: identity } : { user: identity },
    attachments: message.attachments.map((attachment) => ({
      annotationid: attachment.id,
      name: attachment.name,
      fileType: attachment.contentType,
    })),
  };
}
