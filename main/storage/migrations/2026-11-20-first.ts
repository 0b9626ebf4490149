// The first schema. Times are ISO 8601 UTC text; hashes lower-case hex; structures JSON text.

/** Creates every table of version 0.1. */
export const first = {
  id: '2026-11-20-first',
  sql: `
CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  format TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  characters INTEGER NOT NULL,
  segments INTEGER NOT NULL,
  title TEXT,
  coverage TEXT NOT NULL,
  added_at TEXT NOT NULL,
  opened_at TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_hash ON documents (sha256);

CREATE TABLE segments (
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  locator TEXT NOT NULL,
  kind TEXT,
  PRIMARY KEY (document_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  header TEXT NOT NULL,
  wrapper_allowed INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE calibrations (
  model_sha256 TEXT NOT NULL,
  machine TEXT NOT NULL,
  threads INTEGER NOT NULL,
  tokens_per_second REAL NOT NULL,
  measured_at TEXT NOT NULL,
  PRIMARY KEY (model_sha256, machine)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
  input TEXT NOT NULL,
  input_key TEXT NOT NULL,
  state TEXT NOT NULL,
  done_steps INTEGER NOT NULL DEFAULT 0,
  total_steps INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_by_input ON jobs (input_key);

CREATE TABLE job_steps (
  key TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  output TEXT NOT NULL,
  computed_ms INTEGER NOT NULL,
  stored_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX job_steps_by_job ON job_steps (job_id);

CREATE TABLE summaries (
  id TEXT PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX summaries_by_document ON summaries (document_id);

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  titled_by TEXT NOT NULL,
  active_message_id TEXT,
  older_summary TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE TABLE messages (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  parent_id TEXT REFERENCES messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  state TEXT NOT NULL,
  failure TEXT,
  document_ids TEXT NOT NULL DEFAULT '[]',
  provenance TEXT,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation_id, position);
CREATE INDEX messages_by_parent ON messages (parent_id);

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  entry TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE ledger_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  entries INTEGER NOT NULL,
  hash TEXT NOT NULL,
  mac TEXT NOT NULL
) STRICT;
`,
}
