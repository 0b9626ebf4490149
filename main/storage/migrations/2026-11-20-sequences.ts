// How fast each model writes on several sequences side by side, as measured on this computer.

/** Adds the table; `conditions` names computer, device, threads and versions, `content` is JSON. */
export const sequences = {
  id: '2026-11-20-sequences',
  sql: `
CREATE TABLE sequence_speeds (
  model_sha256 TEXT NOT NULL,
  conditions TEXT NOT NULL,
  content TEXT NOT NULL,
  measured_at TEXT NOT NULL,
  PRIMARY KEY (model_sha256, conditions)
) STRICT, WITHOUT ROWID;
`,
}
