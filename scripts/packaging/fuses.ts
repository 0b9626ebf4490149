// Electron's fuses as Sotto ships them, and how they are read back from a packed app.
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/**
 * Every fuse of Electron 45 by name: a switch in the program file that no setting and no environment can turn back.
 * A new Electron with a fuse more fails the build, because flipping is strict.
 */
export const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const satisfies Readonly<Record<keyof typeof FuseV1Options, boolean>>

/** The fuses as the flipping tool takes them. */
export const fuseValues = Object.fromEntries(
  Object.entries(fuses).map(([name, value]) => [FuseV1Options[name as keyof typeof fuses], value]), // as: keys of the table above
) as Readonly<Record<FuseV1Options, boolean>> // as: one entry for each name above, and the table has them all

/** The fuse wire of a packed program by name: `true`, `false`, or the wire's own byte where it is neither. */
export async function readFuses(program: string): Promise<Readonly<Record<string, boolean | number>>> {
  const wire: Readonly<Record<string, unknown>> = await getCurrentFuseWire(program)
  const read = Object.keys(wire)
    .filter((key) => /^\d+$/.test(key))
    .map((key) => [FuseV1Options[Number(key)] ?? key, meaning(wire[key])] as const)
  return Object.fromEntries(read)
}

function meaning(state: unknown): boolean | number {
  if (state === FuseState.ENABLE) return true
  if (state === FuseState.DISABLE) return false
  return Number(state)
}
