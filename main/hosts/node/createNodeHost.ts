// The world as Node gives it: whole for the CLI and the browser host, the larger part of Electron's.
import { homedir } from 'node:os'
import type { Host, Logger } from '../../host.ts'
import { appRoot, codeFolders, readAppVersion, resourcesFolder } from './appRoot.ts'
import { createFileLogger, createNoLogger } from './fileLogger.ts'
import { findKeyring } from './keyring.ts'
import { modelPlaces, sharedModelFolder } from './modelPlaces.ts'
import { onBattery } from './onBattery.ts'
import { createFileSettings, createMemorySettings, type OpenSettings } from './settingsStore.ts'
import { createSpawn } from './spawnChild.ts'

/** What a Node host is made from. */
export type NodeHostOptions = {
  readonly kind: Host['kind']
  /** The data folder, absolute; null keeps nothing: no settings file, no log, no keystore entry. */
  readonly dataFolder: string | null
  /** `beside` only reads the folder: nothing is logged there. */
  readonly mode: 'own' | 'beside'
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What Electron brings in place of Node's own ways. */
  readonly makeSpawn?: (logger: Logger) => Host['spawn']
  readonly openSettings?: OpenSettings
  readonly onBattery?: () => boolean | null
}

/** A host that is closed by whoever made it; closing waits for the log. */
export type NodeHost = Host & { close(): Promise<void> }

/** Makes the host; asks the keystore once whether it is there. */
export async function createNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const { kind, dataFolder, mode, environment } = options
  const now = () => new Date()
  const machine = { platform: process.platform, environment, home: homedir() }
  const logger =
    dataFolder === null || mode === 'beside' ? createNoLogger() : createFileLogger({ folder: dataFolder, now })
  return {
    kind,
    appVersion: readAppVersion(),
    runtime: runtimeVersions(),
    paths: {
      data: dataFolder,
      resources: resourcesFolder,
      policy: policyPath(process.platform),
      sharedModels: sharedModelFolder(machine),
      modelPlaces: modelPlaces(machine),
    },
    environment: readableEnvironment(environment),
    settings:
      dataFolder === null
        ? createMemorySettings()
        : await createFileSettings({
            folder: dataFolder,
            logger,
            now,
            owner: mode === 'own',
            ...(options.openSettings === undefined ? {} : { open: options.openSettings }),
          }),
    keyring: dataFolder === null ? undefined : await findKeyring(environment, logger),
    logger,
    onBattery: options.onBattery ?? (() => onBattery(process.platform)),
    now,
    spawn: options.makeSpawn?.(logger) ?? createNodeSpawn(environment),
    close: () => logger.flush(),
  }
}

function runtimeVersions(): Readonly<Record<string, string>> {
  const { node, v8, electron } = process.versions as Readonly<Record<string, string | undefined>> // as: Electron adds its own
  return { node: node ?? '', v8: v8 ?? '', ...(electron === undefined ? {} : { electron }) }
}

/** Children on plain Node; `program` is the Node to run where this process is not Node itself. */
export function createNodeSpawn(
  environment: Readonly<Record<string, string | undefined>>,
  program?: string,
): Host['spawn'] {
  const packages = codeFolders.slice(1)
  return createSpawn({ root: appRoot, packages, environment, ...(program === undefined ? {} : { program }) })
}

function policyPath(platform: string): string | null {
  return platform === 'linux' ? '/etc/sotto/policy.json' : null
}

const readableVariables = ['LANG', 'LC_ALL', 'LC_MESSAGES', 'SOTTO_LOCAL_ONLY']
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']

/** The few variables the app itself may read. */
export function readableEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  const names = [...readableVariables, ...proxyVariables, ...proxyVariables.map((name) => name.toLowerCase())]
  return Object.fromEntries(names.filter((name) => name in environment).map((name) => [name, environment[name]]))
}
