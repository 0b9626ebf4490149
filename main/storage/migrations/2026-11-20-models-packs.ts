// The newest pack installed of each signing key, so that an older one is not taken for it.

/** Adds one row for each key whose signed packs were installed; `version` is when the pack was made, in milliseconds. */
export const modelsPacks = {
  id: '2026-11-20-models-packs',
  sql: `
CREATE TABLE model_packs (
  signing_key TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  installed_at TEXT NOT NULL
) STRICT;
`,
}
