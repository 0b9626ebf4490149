// Types of systemPackages.mjs, which must run on any Node and so is plain JavaScript.

/** A program's absolute path, or the reason why there is none, with the line that would install it. */
export type Program =
  { readonly path: string; readonly reason?: undefined } | { readonly path: undefined; readonly reason: string }

/** What the functions below need of a machine. */
export type Machine = {
  readonly root: boolean
  readonly ci: boolean
  find(program: string): string | undefined
  run(command: string, args: readonly string[]): boolean
  say(line: string): void
}

/** One of `programs`, installing the Debian package only as root or under CI. */
export function ensureDebianPackage(debianPackage: string, programs: readonly string[], machine?: Machine): Program

/** A Chromium, Chrome or Edge, from `CHROME_PATH`, the usual places, or Debian's package. */
export function ensureChromium(machine?: Machine): Program
