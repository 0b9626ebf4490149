// What a package is made for: one system and one processor, under the names the packager, Node and the engine use.

/** Systems by the packager's names. */
export const systems = ['linux', 'win', 'mac'] as const

/** Processors by Node's names. */
export const processors = ['x64', 'arm64'] as const

/** One system and one processor. */
export type Target = { readonly system: (typeof systems)[number]; readonly arch: (typeof processors)[number] }

/** Node's names for the systems. */
export const platforms = { linux: 'linux', win: 'win32', mac: 'darwin' } as const

/** The target as one word, as in file names and in the engine's package names. */
export function nameOf({ system, arch }: Target): string {
  return `${system}-${arch}`
}

/** The target this process runs on; undefined on a system or processor Sotto makes no package for. */
export function thisTarget(): Target | undefined {
  const system = systems.find((name) => platforms[name] === process.platform)
  const arch = processors.find((name) => name === process.arch)
  return system === undefined || arch === undefined ? undefined : { system, arch }
}

/** The app's program and its folder of resources inside a packed folder, by target; paths with forward slashes. */
export function layoutOf({ system }: Target): { readonly program: string; readonly resources: string } {
  switch (system) {
    case 'linux':
      return { program: 'sotto', resources: 'resources' }
    case 'win':
      return { program: 'Sotto.exe', resources: 'resources' }
    case 'mac':
      return { program: 'Sotto.app', resources: 'Sotto.app/Contents/Resources' }
  }
}

/** The packager's folder for a packed app. */
export function packedFolder({ system, arch }: Target): string {
  const suffix = arch === 'x64' ? '' : `-${arch}`
  return system === 'mac' ? `mac${suffix}` : `${system}${suffix}-unpacked`
}
