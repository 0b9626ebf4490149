// Finds an installed Chromium, Chrome or Edge.
import { existsSync } from 'node:fs'
import path from 'node:path'

/** What the search reads: the platform, its variables, and two ways to look. */
export type BrowserSearch = {
  readonly platform: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly exists: (file: string) => boolean
  /** The library's own finds, best first; rejects when it finds nothing. */
  readonly installations: () => Promise<readonly string[]>
}

/** The program to open a window with, absolute; null where there is none. `CHROME_PATH` comes first, Edge last. */
export async function findBrowser(search: BrowserSearch = thisMachine()): Promise<string | null> {
  const own = search.environment['CHROME_PATH']
  if (own !== undefined && search.exists(own)) return own
  const found = await search.installations().catch(() => [])
  return [...found, ...edgePlaces(search)].find((file) => search.exists(file)) ?? null
}

function thisMachine(): BrowserSearch {
  return {
    platform: process.platform,
    environment: process.env,
    exists: existsSync,
    installations: async () => (await import('chrome-launcher')).Launcher.getInstallations(),
  }
}

/** Where Edge and a second Chromium usually are; the library knows neither of them. */
function edgePlaces({ platform, environment }: BrowserSearch): readonly string[] {
  switch (platform) {
    case 'win32':
      return ['ProgramFiles(x86)', 'ProgramFiles', 'LOCALAPPDATA']
        .map((name) => environment[name])
        .filter((folder) => folder !== undefined)
        .map((folder) => path.win32.join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'))
    case 'darwin':
      return ['Microsoft Edge', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
    default:
      return ['microsoft-edge-stable', 'microsoft-edge', 'chromium', 'chromium-browser']
        .flatMap((name) => [`/usr/bin/${name}`, `/snap/bin/${name}`])
        .concat('/opt/microsoft/msedge/msedge')
  }
}
