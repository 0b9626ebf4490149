// Full-text search over conversation titles and messages. The index holds no text of its own and forgets at once.

// Decisions
// - Rowids of `messages` are not for good (a snapshot renumbers them), so every searchable text has a number of its own
//   in `search_entries`, and the index reads its content through a view over it.
// - An answer still being written is indexed when it ends: indexing the whole text at each save would cost more and more.

/** Creates the index, fills it with what is there, and keeps it in step by triggers. */
export const search = {
  id: '2026-11-20-search',
  sql: `
CREATE TABLE search_entries (
  number INTEGER PRIMARY KEY,
  conversation_id TEXT NOT NULL,
  message_id TEXT UNIQUE
) STRICT;
CREATE UNIQUE INDEX search_entries_of_titles ON search_entries (conversation_id) WHERE message_id IS NULL;

CREATE VIEW search_texts AS
  SELECT entry.number AS number, CASE WHEN entry.message_id IS NULL THEN conversation.title ELSE message.text END AS text
  FROM search_entries AS entry
  LEFT JOIN messages AS message ON message.id = entry.message_id
  LEFT JOIN conversations AS conversation ON conversation.id = entry.conversation_id;

CREATE VIRTUAL TABLE search_index USING fts5(
  text, content = 'search_texts', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

INSERT INTO search_entries (conversation_id, message_id) SELECT id, NULL FROM conversations;
INSERT INTO search_entries (conversation_id, message_id)
  SELECT conversation_id, id FROM messages WHERE state <> 'streaming' ORDER BY rowid;
INSERT INTO search_index (search_index) VALUES ('rebuild');

CREATE TRIGGER search_title_added AFTER INSERT ON conversations BEGIN
  INSERT INTO search_entries (conversation_id, message_id) VALUES (new.id, NULL);
  INSERT INTO search_index (rowid, text)
    SELECT number, new.title FROM search_entries WHERE conversation_id = new.id AND message_id IS NULL;
END;
CREATE TRIGGER search_title_changed AFTER UPDATE OF title ON conversations WHEN new.title <> old.title BEGIN
  INSERT INTO search_index (search_index, rowid, text)
    SELECT 'delete', number, old.title FROM search_entries WHERE conversation_id = old.id AND message_id IS NULL;
  INSERT INTO search_index (rowid, text)
    SELECT number, new.title FROM search_entries WHERE conversation_id = new.id AND message_id IS NULL;
END;
CREATE TRIGGER search_title_removed AFTER DELETE ON conversations BEGIN
  INSERT INTO search_index (search_index, rowid, text)
    SELECT 'delete', number, old.title FROM search_entries WHERE conversation_id = old.id AND message_id IS NULL;
  DELETE FROM search_entries WHERE conversation_id = old.id AND message_id IS NULL;
END;

CREATE TRIGGER search_message_added AFTER INSERT ON messages WHEN new.state <> 'streaming' BEGIN
  INSERT INTO search_entries (conversation_id, message_id) VALUES (new.conversation_id, new.id);
  INSERT INTO search_index (rowid, text) SELECT number, new.text FROM search_entries WHERE message_id = new.id;
END;
CREATE TRIGGER search_message_ended AFTER UPDATE OF text, state ON messages
  WHEN old.state = 'streaming' AND new.state <> 'streaming' BEGIN
  INSERT INTO search_entries (conversation_id, message_id) VALUES (new.conversation_id, new.id);
  INSERT INTO search_index (rowid, text) SELECT number, new.text FROM search_entries WHERE message_id = new.id;
END;
CREATE TRIGGER search_message_changed AFTER UPDATE OF text ON messages
  WHEN old.state <> 'streaming' AND new.state <> 'streaming' AND new.text <> old.text BEGIN
  INSERT INTO search_index (search_index, rowid, text)
    SELECT 'delete', number, old.text FROM search_entries WHERE message_id = old.id;
  INSERT INTO search_index (rowid, text) SELECT number, new.text FROM search_entries WHERE message_id = new.id;
END;
CREATE TRIGGER search_message_removed AFTER DELETE ON messages BEGIN
  INSERT INTO search_index (search_index, rowid, text)
    SELECT 'delete', number, old.text FROM search_entries WHERE message_id = old.id;
  DELETE FROM search_entries WHERE message_id = old.id;
END;
`,
}
