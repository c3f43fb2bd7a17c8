-- The organisation that a database holds (one per database), and which seeds have run in it.

CREATE TABLE parley.organization (
  organizationid uuid PRIMARY KEY REFERENCES data.organization,
  tenantid uuid NOT NULL,
  uniquename text NOT NULL,
  -- One row at most.
  is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only)
);

-- The version is a digest of the seeded rows, so that a start with nothing new reads one row and writes none.
CREATE TABLE parley.seed (
  name text PRIMARY KEY,
  version text NOT NULL,
  seeded_at timestamptz NOT NULL DEFAULT now()
);
