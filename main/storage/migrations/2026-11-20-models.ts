// Downloads of models, and which installed model is whose.

/** Adds the downloads, and to the models the catalogue's name for each and whether the file is ours to delete. */
export const models = {
  id: '2026-11-20-models',
  sql: `
CREATE TABLE downloads (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL
) STRICT;
ALTER TABLE models ADD COLUMN catalogue_id TEXT;
ALTER TABLE models ADD COLUMN ours INTEGER NOT NULL DEFAULT 0;
`,
}
