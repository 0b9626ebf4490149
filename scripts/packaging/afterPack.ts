// The packager's hook between packing and signing: fuses, and what it writes into macOS's Info.plist against our will.
import { join } from 'node:path'
import { parsePlistFile, savePlistFile, type PlistObject } from 'app-builder-lib/out/util/plist.js'
import { flipFuses, FuseVersion } from '@electron/fuses'
import { fuseValues } from './fuses.ts'

/** What the packager tells its hook, as far as it is used here. */
export type AfterPackContext = {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: { readonly appInfo: { readonly productFilename: string }; readonly executableName?: string }
}

/** Flips every fuse in the packed program and closes what Info.plist left open. */
export async function afterPack(context: AfterPackContext): Promise<void> {
  const program = programOf(context)
  await flipFuses(program, { version: FuseVersion.V1, strictlyRequireAllFuses: true, ...fuseValues })
  if (context.electronPlatformName === 'darwin') await closeTransport(join(program, 'Contents', 'Info.plist'))
}

/**
 * The packager always allows arbitrary loads and names loopback exceptions, even over our own entries. Sotto's window
 * loads nothing over a network, so nothing is allowed; IT can read that in the file.
 */
export async function closeTransport(path: string): Promise<void> {
  const info = await parsePlistFile<PlistObject>(path)
  await savePlistFile(path, { ...info, NSAppTransportSecurity: { NSAllowsArbitraryLoads: false } })
}

function programOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const name = packager.appInfo.productFilename
  if (electronPlatformName === 'darwin') return join(appOutDir, `${name}.app`)
  if (electronPlatformName === 'win32') return join(appOutDir, `${name}.exe`)
  return join(appOutDir, packager.executableName ?? name.toLowerCase())
}
