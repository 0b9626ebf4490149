// Where the app's own files are, and which version they are.
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The folder that holds `main/`, `resources/` and `node_modules/`, absolute. */
export const appRoot = path.resolve(import.meta.dirname, '../../..')

/** The version in `package.json`. */
export function readAppVersion(): string {
  const description = JSON.parse(readFileSync(path.join(appRoot, 'package.json'), 'utf8')) as { version: string } // as: our own package.json
  return description.version
}
