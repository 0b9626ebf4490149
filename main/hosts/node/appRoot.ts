// Where the app's own files are, and which version they are; in a checkout, compiled, and in a package.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The folder that holds `main/` and `package.json`, absolute: the checkout, `dist/app`, or a package's archive. */
export const appRoot = path.resolve(import.meta.dirname, '../../..')

/** What the engine and the reader open must be files of their own, so an archive keeps `resources/` beside it. */
export const resourcesFolder = path.join(appRoot.replace(/\.asar$/, '.asar.unpacked'), 'resources')

/** The built window, absolute; compiled code lies beside it. */
export const pageRoot = import.meta.filename.endsWith('.js')
  ? path.join(appRoot, 'renderer')
  : path.join(appRoot, 'dist', 'renderer')

/** The folders our code and its packages lie in: `appRoot`, and the `node_modules` it finds above when it has none. */
export const codeFolders: readonly string[] = withPackages(appRoot)

function withPackages(root: string): readonly string[] {
  const above: string[] = []
  for (let folder = root; path.dirname(folder) !== folder; folder = path.dirname(folder)) above.push(folder)
  const packages = above.map((folder) => path.join(folder, 'node_modules')).find((folder) => existsSync(folder))
  return packages === undefined || packages.startsWith(root + path.sep) ? [root] : [root, packages]
}

/** The version in `package.json`. */
export function readAppVersion(): string {
  const description = JSON.parse(readFileSync(path.join(appRoot, 'package.json'), 'utf8')) as { version: string } // as: our own package.json
  return description.version
}
