-- Sign-in: signing keys, the records of the OpenID Connect provider, hashed passwords and client secrets, failed attempts.
-- Users themselves are rows of data.systemuser; these tables only refer to them by id.

CREATE SCHEMA IF NOT EXISTS parley;

-- One row per key generation. The generation number is the primary key so that of several processes that
-- want to add the next key exactly one succeeds.
CREATE TABLE parley.sign_in_key (
  generation integer PRIMARY KEY,
  kid text NOT NULL UNIQUE,
  private_jwk text NOT NULL,
  cookie_secret text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- Later than created_at for all but the first, so that every process publishes a key before any signs with it.
  signs_from timestamptz NOT NULL
);

-- What the provider stores: sessions, interactions, grants, codes, refresh tokens. The id is the SHA-256 of the
-- value that a client holds, so that reading this table does not give usable codes or refresh tokens.
-- The payload is text, not jsonb: request parameters kept in it may hold U+0000, which jsonb refuses.
CREATE TABLE parley.sign_in_record (
  kind text NOT NULL,
  id text NOT NULL,
  payload text NOT NULL,
  grant_id text,
  session_uid text,
  account_id text,
  consumed_at timestamptz,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (kind, id)
);
CREATE INDEX sign_in_record_expiry ON parley.sign_in_record (expires_at);
CREATE INDEX sign_in_record_grant ON parley.sign_in_record (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX sign_in_record_session ON parley.sign_in_record (session_uid) WHERE session_uid IS NOT NULL;
CREATE INDEX sign_in_record_account ON parley.sign_in_record (account_id) WHERE account_id IS NOT NULL;

CREATE TABLE parley.sign_in_password (
  systemuserid uuid PRIMARY KEY,
  password_hash text NOT NULL,
  -- A password that the demo published. Refused while demo sign-ins are off.
  demo boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- client_id equals systemuser.applicationid of the application user.
CREATE TABLE parley.sign_in_application (
  client_id uuid PRIMARY KEY,
  systemuserid uuid NOT NULL,
  secret_hash text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Failed attempts only. The account is a hash: people type passwords into the name field.
CREATE TABLE parley.sign_in_attempt (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account text NOT NULL,
  address text NOT NULL,
  attempted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sign_in_attempt_account ON parley.sign_in_attempt (account, attempted_at);
CREATE INDEX sign_in_attempt_address ON parley.sign_in_attempt (address, attempted_at);
CREATE INDEX sign_in_attempt_age ON parley.sign_in_attempt (attempted_at);
