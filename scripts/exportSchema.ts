// Writes docs/export.schema.json, the JSON schema of the JSON export, from its one zod schema.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { exportFile } from '../preload/contract/exportFile.ts'

/** The schema as it is written. */
export function exportSchemaText(): string {
  const schema = z.toJSONSchema(exportFile, { io: 'output' })
  return `${JSON.stringify({ title: 'An export of Sotto', ...schema }, null, 2)}\n`
}

if (import.meta.main) writeFileSync(path.resolve(import.meta.dirname, '../docs/export.schema.json'), exportSchemaText())
