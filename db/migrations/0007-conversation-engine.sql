-- The conversation engine's own tables. What they hold and who writes them: docs/conversation-engine.md.

CREATE TABLE parley.conversation (
  id uuid PRIMARY KEY,
  -- Counts every change of this conversation: the order of its events.
  sequence bigint NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'active', 'waiting', 'wrapUp', 'closed')),
  work_stream_id uuid NOT NULL,
  queue_id uuid,
  agent_id uuid,
  -- Open, distributed by push and not held back: the router looks at it.
  is_assignable boolean NOT NULL,
  -- Higher first; set by classification.
  priority integer NOT NULL,
  -- First in, first out within equal priority.
  queued_on bigint,
  -- The earliest timer, in milliseconds since 1970.
  timer_on bigint,
  -- Who the customer is on their channel: a later message finds the conversation by it.
  channel_key text,
  closed_on bigint,
  -- json, not jsonb: it is read and written whole, and its text comes back as it went in.
  state json NOT NULL,
  CONSTRAINT conversation_agent_or_timer CHECK (status = 'closed' OR agent_id IS NOT NULL OR timer_on IS NOT NULL),
  CONSTRAINT conversation_closed_is_idle CHECK (status <> 'closed' OR (timer_on IS NULL AND NOT is_assignable))
  -- Documents of a few kilobytes stay in their row uncompressed: compressing them cost a third of a routing decision.
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX conversation_waiting ON parley.conversation (queue_id, priority DESC, queued_on, id) WHERE is_assignable;
CREATE INDEX conversation_in_queue ON parley.conversation (queue_id, queued_on) WHERE status = 'open';
CREATE INDEX conversation_timer ON parley.conversation (timer_on) WHERE timer_on IS NOT NULL;
CREATE INDEX conversation_agent ON parley.conversation (agent_id) WHERE agent_id IS NOT NULL AND status <> 'closed';
CREATE INDEX conversation_closed ON parley.conversation (closed_on) WHERE status = 'closed';
CREATE UNIQUE INDEX conversation_channel_key ON parley.conversation (channel_key) WHERE channel_key IS NOT NULL AND status NOT IN ('closed', 'wrapUp');

CREATE TABLE parley.agent (
  id uuid PRIMARY KEY,
  sequence bigint NOT NULL,
  -- Base presence: available, busy, doNotDisturb, away, offline.
  presence text NOT NULL CHECK (presence IN ('available', 'busy', 'doNotDisturb', 'away', 'offline')),
  units_used integer NOT NULL CHECK (units_used >= 0),
  timer_on bigint,
  state json NOT NULL
) WITH (fillfactor = 70, toast_tuple_target = 8160);
CREATE INDEX agent_timer ON parley.agent (timer_on) WHERE timer_on IS NOT NULL;

CREATE TABLE parley.message (
  conversation_id uuid NOT NULL REFERENCES parley.conversation ON DELETE CASCADE,
  -- Counts within the conversation, without gaps, from 1.
  number integer NOT NULL,
  id uuid NOT NULL UNIQUE,
  -- The sender's own id of the message: the same one twice is one message.
  client_id text,
  sent_on bigint NOT NULL,
  author_kind text NOT NULL CHECK (author_kind IN ('customer', 'agent', 'bot', 'system')),
  author_id text,
  author_name text,
  -- public: everybody; private: agents only; note: a private note.
  audience text NOT NULL CHECK (audience IN ('public', 'private', 'note')),
  channel integer NOT NULL,
  content_type text NOT NULL,
  content text NOT NULL,
  attachments jsonb NOT NULL DEFAULT '[]',
  -- pending, sent, delivered, read, failed.
  delivery text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (conversation_id, number)
);
CREATE UNIQUE INDEX message_client_id ON parley.message (conversation_id, client_id) WHERE client_id IS NOT NULL;

-- Positions are (txid, id): a transaction becomes visible to readers only once every older one has ended, so nothing is skipped.
CREATE TABLE parley.event (
  -- Stamped by the writer (docs/decisions/0013-outbox-positions.md).
  txid xid8 NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  type text NOT NULL,
  version integer NOT NULL,
  conversation_id uuid,
  agent_id uuid,
  sequence bigint NOT NULL,
  occurred_on bigint NOT NULL,
  payload jsonb NOT NULL,
  PRIMARY KEY (txid, id)
);
CREATE INDEX event_conversation ON parley.event (conversation_id, sequence) WHERE conversation_id IS NOT NULL;

CREATE TABLE parley.consumer (
  name text PRIMARY KEY,
  txid xid8 NOT NULL,
  id bigint NOT NULL,
  moved_on timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE parley.parked_event (
  consumer text NOT NULL,
  txid xid8 NOT NULL,
  id bigint NOT NULL,
  event jsonb NOT NULL,
  error text NOT NULL,
  attempts integer NOT NULL,
  parked_on timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, txid, id)
);

CREATE TABLE parley.routing_wake (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue_id uuid NOT NULL,
  -- The conversation that just came in, if that is the reason: when nobody is found for it, that is explained.
  conversation_id uuid
);

CREATE TABLE parley.job (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  -- Two jobs of one kind and key are one.
  key text,
  due_on bigint NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  payload jsonb NOT NULL,
  last_error text,
  -- Given up: stays for people to look at.
  is_dead boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX job_key ON parley.job (kind, key) WHERE key IS NOT NULL AND NOT is_dead;
CREATE INDEX job_due ON parley.job (kind, due_on) WHERE NOT is_dead;

-- How far the one clock is ahead of the database's: only tests move it.
CREATE TABLE parley.clock (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  ahead_milliseconds bigint NOT NULL DEFAULT 0
);
INSERT INTO parley.clock DEFAULT VALUES;

-- Direct writes of state columns: who, when, from what to what.
CREATE TABLE parley.direct_write (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_name text NOT NULL,
  row_id uuid NOT NULL,
  user_id uuid NOT NULL,
  on_behalf_of uuid,
  written_on timestamptz NOT NULL DEFAULT now(),
  before jsonb NOT NULL,
  after jsonb NOT NULL
);
CREATE INDEX direct_write_row ON parley.direct_write (row_id, id);

-- A queue for conversations is one thing under two tables: its twin follows it.
CREATE FUNCTION parley.follow_queue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO data.msdyn_omnichannelqueue (msdyn_omnichannelqueueid, msdyn_name, msdyn_priority, msdyn_isdefaultqueue, ownerid, ownerid_table, owningbusinessunit,
      createdby, modifiedby, statecode, statuscode)
    VALUES (NEW.queueid, left(NEW.name, 100), NEW.msdyn_priority, coalesce(NEW.msdyn_isdefaultqueue, false), NEW.ownerid, NEW.ownerid_table, NEW.owningbusinessunit,
      NEW.createdby, NEW.modifiedby, NEW.statecode, NEW.statuscode)
    ON CONFLICT (msdyn_omnichannelqueueid) DO UPDATE SET msdyn_name = excluded.msdyn_name, msdyn_priority = excluded.msdyn_priority,
      statecode = excluded.statecode, statuscode = excluded.statuscode;
  RETURN NULL;
END $$;
CREATE TRIGGER follow_queue AFTER INSERT OR UPDATE ON data.queue FOR EACH ROW
  WHEN (NEW.msdyn_isomnichannelqueue OR NEW.msdyn_queuetype IS NOT NULL) EXECUTE FUNCTION parley.follow_queue();

-- What average waits are made from.
CREATE INDEX accepted_by_queue ON data.msdyn_ocliveworkitem (msdyn_cdsqueueid, msdyn_startedon) WHERE msdyn_isagentaccepted;

-- Record identification looks customers and cases up by these.
CREATE INDEX ON data.contact (emailaddress1) WHERE statecode = 0;
CREATE INDEX ON data.contact (mobilephone) WHERE statecode = 0;
CREATE INDEX ON data.contact (telephone1) WHERE statecode = 0;
CREATE INDEX ON data.contact (fullname) WHERE statecode = 0;
CREATE INDEX ON data.account (emailaddress1) WHERE statecode = 0;
CREATE INDEX ON data.account (telephone1) WHERE statecode = 0;
CREATE INDEX ON data.account (name) WHERE statecode = 0;
CREATE INDEX ON data.incident (ticketnumber);

-- Never two primary agents in one session, and one status row per agent.
CREATE INDEX one_open_stretch ON data.msdyn_agentstatushistory (msdyn_agentid) WHERE msdyn_endtime IS NULL;
CREATE UNIQUE INDEX one_status_per_agent ON data.msdyn_agentstatus (msdyn_agentid);
CREATE UNIQUE INDEX one_primary_per_session ON data.msdyn_sessionparticipant (msdyn_omnichannelsession) WHERE msdyn_mode = 192350002 AND msdyn_lefton IS NULL;

ALTER TABLE data.parley_routingdecision SET (toast_tuple_target = 8160);

-- Final is final: a conversation of the engine that is closed keeps its state, whoever writes.
CREATE FUNCTION parley.keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.statuscode <> 4 AND EXISTS (SELECT FROM parley.conversation WHERE id = NEW.msdyn_liveconversationid AND status = 'closed') THEN
    RAISE EXCEPTION 'A closed conversation does not change its state' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_closed BEFORE UPDATE OF statecode, statuscode ON data.msdyn_liveconversation FOR EACH ROW
  WHEN (OLD.statuscode = 4) EXECUTE FUNCTION parley.keep_closed();

-- A routed case that was resolved, cancelled or deleted takes its conversation along.
CREATE FUNCTION parley.announce_record_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO parley.job (kind, key, due_on, payload) VALUES ('record.gone', OLD.incidentid::text, 0, jsonb_build_object('caseId', OLD.incidentid))
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER announce_record_gone AFTER DELETE ON data.incident FOR EACH ROW EXECUTE FUNCTION parley.announce_record_gone();
CREATE TRIGGER announce_record_gone_inactive AFTER UPDATE OF statecode ON data.incident FOR EACH ROW
  WHEN (OLD.statecode = 0 AND NEW.statecode <> 0) EXECUTE FUNCTION parley.announce_record_gone();
