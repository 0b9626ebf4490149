// The packager's hook before it looks for packages: ours are laid out already, for the target and nothing else.

/** False: `node_modules` is handled by `stageApp.ts`, and nothing is compiled. */
export function beforeBuild(): Promise<boolean> {
  return Promise.resolve(false)
}
