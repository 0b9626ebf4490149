// The queue of jobs: names, priorities, parts, the model a job began with, and how fast each model was here.

/** Adds what a queue needs to jobs, the parts of batches, batches themselves, and measured speeds. */
export const jobs = {
  id: '2026-11-20-jobs',
  sql: `
ALTER TABLE jobs ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE jobs ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE jobs ADD COLUMN parent_id TEXT REFERENCES jobs (id) ON DELETE SET NULL;
ALTER TABLE jobs ADD COLUMN model TEXT;
ALTER TABLE jobs ADD COLUMN characters INTEGER;
ALTER TABLE jobs ADD COLUMN off_list INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET title = coalesce((SELECT name FROM documents WHERE id = jobs.document_id), '');
CREATE INDEX jobs_by_parent ON jobs (parent_id);

CREATE TABLE job_parts (
  parent_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  PRIMARY KEY (parent_id, job_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_parts_by_job ON job_parts (job_id);

CREATE TABLE batches (
  job_id TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE,
  folder_id TEXT,
  preset TEXT NOT NULL,
  instruction TEXT,
  overview TEXT
) STRICT;

CREATE TABLE batch_documents (
  batch_id TEXT NOT NULL REFERENCES batches (job_id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document_id TEXT,
  name TEXT NOT NULL,
  job_id TEXT,
  failure TEXT,
  PRIMARY KEY (batch_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_documents_by_job ON batch_documents (job_id);

CREATE TABLE model_speeds (
  model_sha256 TEXT PRIMARY KEY,
  milliseconds REAL NOT NULL,
  characters REAL NOT NULL
) STRICT, WITHOUT ROWID;
`,
}
