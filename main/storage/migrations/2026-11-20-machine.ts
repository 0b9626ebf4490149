// What was found out about this computer: its GPUs by model and driver, and models measured on it.

/** Adds both; each row is one structure as JSON text. */
export const machine = {
  id: '2026-11-20-machine',
  sql: `
CREATE TABLE gpu_records (
  model_sha256 TEXT NOT NULL,
  device TEXT NOT NULL,
  content TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  PRIMARY KEY (model_sha256, device)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurements (
  model_sha256 TEXT NOT NULL,
  device TEXT NOT NULL,
  content TEXT NOT NULL,
  measured_at TEXT NOT NULL,
  PRIMARY KEY (model_sha256, device)
) STRICT, WITHOUT ROWID;
`,
}
