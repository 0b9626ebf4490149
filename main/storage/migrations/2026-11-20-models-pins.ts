// Hashes of model files nobody vouches for, as they came first; another content under the same name is then noticed.

/** Adds one row for each file of a repository whose hash was pinned. */
export const modelsPins = {
  id: '2026-11-20-models-pins',
  sql: `
CREATE TABLE model_pins (
  repository TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  pinned_at TEXT NOT NULL,
  PRIMARY KEY (repository, file)
) STRICT;
`,
}
