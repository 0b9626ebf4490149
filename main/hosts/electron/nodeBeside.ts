// The Node a child may fall back to: the one of the checkout, or one a package was given on purpose.
import path from 'node:path'

/** Where to look: the app's root, and Electron's resources folder. */
export type NodeSearch = {
  readonly platform: string
  readonly appRoot: string
  readonly resourcesPath: string
  readonly isPackaged: boolean
  readonly exists: (file: string) => boolean
}

/**
 * A Node program, absolute, or null. In a checkout it is the pinned one above the built app; a package brings none
 * unless `runtime/node` was put into its resources, because Electron itself cannot stand in: its RunAsNode fuse is off.
 */
export function nodeBeside(search: NodeSearch): string | null {
  const paths = search.platform === 'win32' ? path.win32 : path.posix
  const name = search.platform === 'win32' ? 'node.exe' : 'node'
  const places = search.isPackaged
    ? [paths.join(search.resourcesPath, 'runtime', name)]
    : ['.', '..', '../..'].map((up) => paths.join(search.appRoot, up, 'node_modules', 'node', 'bin', name))
  return places.find((place) => search.exists(place)) ?? null
}
