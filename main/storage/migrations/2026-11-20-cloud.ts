// The cloud's tables: endpoints, drafts, receipts, what was used, and the placeholders' secret meanings.

// Decisions
// - Drafts hold text, so they go with their conversation and with any of their documents. Receipts and usage hold none
//   and stay: what was agreed to and paid must outlive what it was about.
// - Grants and open envelopes are in no table: a consent never outlives the process it was given in.

/** Creates the tables of the cloud and the view that tells local from cloud work. */
export const cloud = {
  id: '2026-11-20-cloud',
  sql: `
CREATE TABLE cloud_endpoints (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TABLE cloud_terms (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  body TEXT NOT NULL
) STRICT;

CREATE TABLE cloud_drafts (
  id TEXT PRIMARY KEY,
  task_id TEXT NOT NULL,
  state TEXT NOT NULL,
  conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX cloud_drafts_by_task ON cloud_drafts (task_id);
CREATE INDEX cloud_drafts_by_conversation ON cloud_drafts (conversation_id);
CREATE INDEX cloud_drafts_by_age ON cloud_drafts (created_at);

CREATE TABLE cloud_draft_documents (
  draft_id TEXT NOT NULL REFERENCES cloud_drafts (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL,
  PRIMARY KEY (draft_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX cloud_draft_documents_by_document ON cloud_draft_documents (document_id);
CREATE TRIGGER cloud_drafts_go_with_documents AFTER DELETE ON documents BEGIN
  DELETE FROM cloud_drafts WHERE id IN (SELECT draft_id FROM cloud_draft_documents WHERE document_id = old.id);
END;

CREATE TABLE cloud_receipts (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  scope_id TEXT,
  grant_id TEXT,
  conversation_id TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX cloud_receipts_by_time ON cloud_receipts (at);
CREATE INDEX cloud_receipts_by_conversation ON cloud_receipts (conversation_id);

CREATE TABLE cloud_requests (
  grant_id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  provider_name TEXT NOT NULL,
  model_id TEXT NOT NULL,
  conversation_id TEXT,
  kind TEXT NOT NULL,
  sent_bytes INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  usd REAL,
  counted TEXT NOT NULL
) STRICT;
CREATE INDEX cloud_requests_by_time ON cloud_requests (at);

CREATE TABLE redaction_vault (
  id TEXT PRIMARY KEY,
  conversation_id TEXT REFERENCES conversations (id) ON DELETE CASCADE,
  document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX redaction_vault_by_conversation ON redaction_vault (conversation_id);
CREATE INDEX redaction_vault_by_document ON redaction_vault (document_id);

CREATE VIEW work_done AS
  SELECT created_at AS at, CASE WHEN json_extract(provenance, '$.cloud') IS NULL THEN 'local' ELSE 'cloud' END AS place
  FROM messages WHERE role = 'assistant' AND provenance IS NOT NULL
  UNION ALL
  SELECT created_at, CASE WHEN json_extract(body, '$.provenance.cloud') IS NULL THEN 'local' ELSE 'cloud' END
  FROM summaries;
`,
}
