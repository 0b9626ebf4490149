// Catalogues that replaced the built-in one: the newest of each source, so that an older one is never accepted again.

/** Adds one row for each source of replacements; content and signature only where Sotto keeps them (a mirror's). */
export const modelsCatalogue = {
  id: '2026-11-20-models-catalogue',
  sql: `
CREATE TABLE catalogue_replacements (
  source TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  address TEXT,
  content BLOB,
  signature BLOB,
  accepted_at TEXT NOT NULL
) STRICT;
`,
}
