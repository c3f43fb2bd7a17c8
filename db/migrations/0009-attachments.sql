-- Files of messages, and what channels need besides the conversation engine's tables: docs/channel-adapters.md.

-- The bytes are in the blob store, under the same id. Made before the bytes are there, so that no blob is without its row.
CREATE TABLE parley.attachment (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES parley.conversation ON DELETE CASCADE,
  name text NOT NULL,
  content_type text NOT NULL,
  -- Bytes, and the digest in hexadecimal: null until all of it is stored.
  size bigint,
  sha256 text,
  created_on bigint NOT NULL,
  uploaded_by_kind text NOT NULL CHECK (uploaded_by_kind IN ('customer', 'agent', 'bot', 'system')),
  uploaded_by text,
  CHECK ((size IS NULL) = (sha256 IS NULL))
);
CREATE INDEX attachment_conversation ON parley.attachment (conversation_id);

-- Where a row goes, by retention too, its blob follows.
CREATE FUNCTION parley.forget_blob() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO parley.job (kind, key, due_on, payload) VALUES ('blob.delete', OLD.id::text, 0, jsonb_build_object('id', OLD.id))
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_blob AFTER DELETE ON parley.attachment FOR EACH ROW EXECUTE FUNCTION parley.forget_blob();

-- What a channel was answered when it asked for a conversation: the same request again gets the same answer.
CREATE TABLE parley.channel_request (
  id uuid PRIMARY KEY,
  conversation_id uuid NOT NULL REFERENCES parley.conversation ON DELETE CASCADE,
  is_new boolean NOT NULL,
  message_id uuid
);
CREATE INDEX channel_request_conversation ON parley.channel_request (conversation_id);

-- The open conversations of one channel, whose keys begin alike.
CREATE INDEX conversation_channel_prefix ON parley.conversation (channel_key text_pattern_ops)
  WHERE channel_key IS NOT NULL AND status NOT IN ('closed', 'wrapUp');

-- Jobs of one kind and lane run one after the other: deliveries of one conversation do.
ALTER TABLE parley.job ADD COLUMN lane text;
CREATE INDEX job_lane ON parley.job (kind, lane, id) WHERE lane IS NOT NULL AND NOT is_dead;

-- Where a custom channel is told what happens, what that is signed with, and since when its receiver wants no more.
ALTER TABLE data.msdyn_occustommessagingchannel
  ADD COLUMN IF NOT EXISTS parley_webhookurl text COLLATE data.ci,
  ADD COLUMN IF NOT EXISTS parley_webhooksecret text COLLATE data.ci,
  ADD COLUMN IF NOT EXISTS parley_webhookdisabledon timestamptz(0);
