// Comparisons and their changes. They hold text of both documents, so they go with either of them.

/** Creates the tables of comparisons; one per pair of documents. */
export const comparisons = {
  id: '2026-11-20-comparisons',
  sql: `
CREATE TABLE comparisons (
  id TEXT PRIMARY KEY,
  before_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  after_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  body TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX comparisons_by_pair ON comparisons (before_id, after_id);
CREATE INDEX comparisons_by_after ON comparisons (after_id);

CREATE TABLE comparison_changes (
  comparison_id TEXT NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (comparison_id, position)
) STRICT, WITHOUT ROWID;
`,
}
