// The library: folders and files by path, and full-text search over every segment. The index holds no text of its own.

// Decisions
// - Rowids without a column are not for good (a snapshot renumbers them), so segments get a number of their own; numbers
//   grow as text comes in, and "newest first" is "highest number first".
// - Writing without spaces (Chinese, Japanese, Thai …) would be one endless word to the tokenizer. `unspaced` repeats such
//   characters one by one, and they are searched as a phrase; it is NULL for every segment that has none.
// - Triggers tie files to texts, so that no way of adding or forgetting a document can leave the two apart.

/** Characters of scripts that put no spaces between words, as a GLOB class. */
const unspacedCharacter = '[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿຀-໿က-႟ក-៿]'

/** Creates the library, numbers the segments that are there, indexes them, and keeps both in step by triggers. */
export const library = {
  id: '2026-11-20-library',
  sql: `
ALTER TABLE documents ADD COLUMN unopened INTEGER NOT NULL DEFAULT 0;
ALTER TABLE documents ADD COLUMN first_segment INTEGER;
ALTER TABLE documents ADD COLUMN last_segment INTEGER;

CREATE TABLE numbered_segments (
  number INTEGER PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  unspaced TEXT,
  locator TEXT NOT NULL,
  kind TEXT,
  UNIQUE (document_id, position)
) STRICT;
INSERT INTO numbered_segments (document_id, position, text, locator, kind)
  SELECT document_id, position, text, locator, kind FROM segments ORDER BY document_id, position;
DROP TABLE segments;
ALTER TABLE numbered_segments RENAME TO segments;
UPDATE segments SET unspaced = (
  WITH RECURSIVE places (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < length(text))
  SELECT group_concat(substr(text, place, 1), ' ' ORDER BY place) FROM places
  WHERE substr(text, place, 1) GLOB '${unspacedCharacter}'
) WHERE text GLOB '*${unspacedCharacter}*';
UPDATE documents SET
  first_segment = (SELECT min(number) FROM segments WHERE document_id = documents.id),
  last_segment = (SELECT max(number) FROM segments WHERE document_id = documents.id);
CREATE INDEX documents_by_segment ON documents (first_segment);

CREATE VIRTUAL TABLE segment_index USING fts5(
  text, unspaced, content = 'segments', content_rowid = 'number',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4'
);
INSERT INTO segment_index (segment_index, rank) VALUES ('secure-delete', 1);
INSERT INTO segment_index (segment_index) VALUES ('rebuild');
CREATE TRIGGER segment_added AFTER INSERT ON segments BEGIN
  INSERT INTO segment_index (rowid, text, unspaced) VALUES (new.number, new.text, new.unspaced);
END;
CREATE TRIGGER segment_removed AFTER DELETE ON segments BEGIN
  INSERT INTO segment_index (segment_index, rowid, text, unspaced)
    VALUES ('delete', old.number, old.text, old.unspaced);
END;

CREATE TABLE library_state (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  paused INTEGER NOT NULL,
  scans INTEGER NOT NULL
) STRICT;
INSERT INTO library_state (only, paused, scans) VALUES (1, 0, 0);

CREATE TABLE library_folders (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  ignored TEXT NOT NULL DEFAULT '[]',
  closed TEXT NOT NULL DEFAULT '[]',
  added_at TEXT NOT NULL,
  scanned_at TEXT
) STRICT;

CREATE TABLE library_files (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  folder_id TEXT REFERENCES library_folders (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  identity TEXT,
  bytes INTEGER NOT NULL,
  modified_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  failure TEXT,
  document_id TEXT REFERENCES documents (id) ON DELETE SET NULL,
  scan INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX library_files_by_path ON library_files (path) WHERE path <> '';
CREATE INDEX library_files_by_folder ON library_files (folder_id, state);
CREATE INDEX library_files_by_state ON library_files (state);
CREATE INDEX library_files_by_name ON library_files (name COLLATE NOCASE, number);
CREATE INDEX library_files_by_identity ON library_files (identity);
CREATE INDEX library_files_by_document ON library_files (document_id);

INSERT OR IGNORE INTO library_files (id, path, name, bytes, modified_ms, state, document_id, added_at)
  SELECT 'file-' || id, path, name, bytes, coalesce(unixepoch(added_at), 0) * 1000, 'ready', id, added_at
  FROM documents WHERE segments >= 0 ORDER BY opened_at DESC;

CREATE TRIGGER document_read AFTER UPDATE OF segments ON documents WHEN old.segments < 0 AND new.segments >= 0 BEGIN
  UPDATE documents SET
    first_segment = (SELECT min(number) FROM segments WHERE document_id = new.id),
    last_segment = (SELECT max(number) FROM segments WHERE document_id = new.id)
    WHERE id = new.id;
  UPDATE library_files SET document_id = new.id, state = 'ready', failure = NULL
    WHERE path = new.path AND path <> '';
  INSERT INTO library_files (id, path, name, bytes, modified_ms, state, document_id, added_at)
    SELECT 'file-' || new.id, new.path, new.name, new.bytes, coalesce(unixepoch(new.added_at), 0) * 1000, 'ready', new.id, new.added_at
    WHERE NOT new.unopened AND (new.path = '' OR NOT EXISTS (SELECT 1 FROM library_files WHERE path = new.path));
END;
CREATE TRIGGER document_forgotten BEFORE DELETE ON documents BEGIN
  DELETE FROM library_files WHERE document_id = old.id AND folder_id IS NULL;
  UPDATE library_files SET document_id = NULL, state = 'excluded', failure = NULL WHERE document_id = old.id;
END;
`,
}
