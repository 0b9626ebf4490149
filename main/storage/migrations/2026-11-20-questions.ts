// Questions to documents: threads, answers with the passages they were made from, vectors of passages.

// Decisions
// - An answer holds text of the documents it quotes, so it goes when any of them is forgotten, and its thread with the
//   last of its answers. A thread about one document or one folder goes with that.
// - Vectors belong to a model: another model's are made anew, and the old ones are dropped when that is done.

/** Creates the tables of questions. */
export const questions = {
  id: '2026-11-20-questions',
  sql: `
CREATE TABLE question_threads (
  id TEXT PRIMARY KEY,
  document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
  folder_id TEXT REFERENCES library_folders (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX question_threads_by_document ON question_threads (document_id);
CREATE INDEX question_threads_by_folder ON question_threads (folder_id);

CREATE TABLE question_answers (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  thread_id TEXT NOT NULL REFERENCES question_threads (id) ON DELETE CASCADE,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX question_answers_by_thread ON question_answers (thread_id);

CREATE TABLE question_sources (
  answer_id TEXT NOT NULL REFERENCES question_answers (id) ON DELETE CASCADE,
  document_id TEXT NOT NULL,
  PRIMARY KEY (answer_id, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX question_sources_by_document ON question_sources (document_id);
CREATE TRIGGER question_answers_go_with_documents AFTER DELETE ON documents BEGIN
  DELETE FROM question_answers WHERE id IN (SELECT answer_id FROM question_sources WHERE document_id = old.id);
END;
CREATE TRIGGER question_threads_go_with_answers AFTER DELETE ON question_answers BEGIN
  DELETE FROM question_threads WHERE id = old.thread_id
    AND NOT EXISTS (SELECT 1 FROM question_answers WHERE thread_id = old.thread_id);
END;

CREATE TABLE segment_vectors (
  segment INTEGER NOT NULL REFERENCES segments (number) ON DELETE CASCADE,
  model_sha256 TEXT NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (model_sha256, segment)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_vectors_by_segment ON segment_vectors (segment);
`,
}
