// The person's settings outside Electron: the same `config.json` Electron's store would write.
import { renameSync, statSync } from 'node:fs'
import path from 'node:path'
import type Conf from 'conf'
import type { Logger, SettingsStore } from '../../host.ts'

/** Settings that last as long as the process; for when nothing is kept. */
export function createMemorySettings(): SettingsStore {
  const values = new Map<string, unknown>()
  return {
    read: () => Object.fromEntries(values),
    write: (key, value) => void values.set(key, value),
  }
}

/** Where settings lie and who may mend them. */
export type FileSettingsOptions = {
  /** The data folder, absolute. */
  readonly folder: string
  readonly logger: Logger
  readonly now: () => Date
  /** False beside another owner: then a damaged file is left alone and reading it throws. */
  readonly owner: boolean
  /** Opens the file in another way than by `conf` itself: Electron's store is a `conf` that is told so differently. */
  readonly open?: OpenSettings
}

/** Opens `config.json` of a folder. */
export type OpenSettings = (folder: string) => Conf<Values>

type Values = Record<string, unknown>

/** How the file is written, by whichever library. */
export const fileShape = { accessPropertiesByDotNotation: false, configFileMode: 0o600 } as const

/**
 * Settings in `config.json` of a folder. An owner sets a file that is no JSON aside as `config.json.corrupt-<time>`
 * and begins anew with `localOnly` on, because what the person had chosen there is lost. Otherwise nothing is written
 * until something is set. What cannot be read or written throws the system's error.
 */
export async function createFileSettings(options: FileSettingsOptions): Promise<SettingsStore> {
  const { folder, logger, now, owner } = options
  const openFile = options.open ?? (await openConf())
  const open = once(() => openFile(folder))
  const file = path.join(folder, 'config.json')
  function mended<T>(use: (conf: Conf<Values>) => T): T {
    try {
      return use(open())
    } catch (error) {
      if (!(error instanceof SyntaxError) || !owner) throw error
      renameSync(file, `${file}.corrupt-${now().toISOString().replaceAll(':', '-')}`)
      logger.warn('settings.corrupt')
      open().set('localOnly', true)
      return use(open())
    }
  }
  return {
    // The library would make the folder even to find nothing in it.
    read: () => (isThere(file) ? mended((conf) => ({ ...conf.store })) : {}),
    write: (key, value) => {
      isThere(file)
      mended((conf) => conf.set(key, value))
    },
  }
}

/** Throws where something else than a file has its name: a pipe would be waited for without end. */
function isThere(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found !== undefined && !found.isFile())
    throw Object.assign(new Error('not a file'), { code: 'EACCES', path: file })
  return found !== undefined
}

/** The library is slow to load, and not every command keeps settings. */
async function openConf(): Promise<OpenSettings> {
  const { default: Configuration } = await import('conf')
  return (cwd) => new Configuration<Values>({ cwd, configName: 'config', ...fileShape })
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
