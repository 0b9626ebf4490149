// What the world around the app must provide; filled by each host, faked in tests.
import type { ModelPeer } from '#contract/modelSupply.ts'

/** Kinds of child process the app may start; one entry file each. */
export type ChildKind = 'reader' | 'inference'

/** Limits a host applies when it starts a child. Sizes in MiB. */
export type ChildLimits = {
  readonly heapMegabytes: number
  /** Files the child may read besides its own code (enforced by Node's permission model where the host has it). */
  readonly readablePaths?: readonly string[]
}

/**
 * A running child. Messages are structured-cloneable values; both ends parse them. `onMessage` and `onExit` take one
 * listener each. `kill` is immediate (SIGKILL) and safe to repeat; `onExit` follows.
 */
export type ChildPort = {
  readonly pid: number | undefined
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: (exit: { readonly code: number | null; readonly signal: string | null }) => void): void
  kill(): void
}

/** Raw settings as JSON values by key; the settings feature validates. Writes are atomic. */
export type SettingsStore = {
  read(): Readonly<Record<string, unknown>>
  write(key: string, value: unknown): void
}

/** The OS keystore. `get` answers null when there is no such entry; all three reject when the keystore is out of reach. */
export type Keyring = {
  get(account: string): Promise<string | null>
  set(account: string, secret: string): Promise<void>
  remove(account: string): Promise<void>
}

/** Fields a log line may carry: ids, sizes, durations, codes. Never text, prompts, names, paths or keys. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** One line per event, to wherever the host keeps its log. */
export type Logger = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

/**
 * A place where another program may keep models: a folder, or a file of its settings that names one. `key` is the
 * setting's name in a `.json` or `.ini` file; null: the whole file is the folder. `below` is added to it.
 */
export type ModelPlace =
  | { readonly peer: ModelPeer; readonly folder: string }
  | { readonly peer: ModelPeer; readonly settings: string; readonly key: string | null; readonly below: string }

/** Everything that differs between Electron, the browser host, the CLI and tests. */
export type Host = {
  readonly kind: 'electron' | 'browser' | 'cli'
  readonly appVersion: string
  /** Versions of what the app runs on, by name. */
  readonly runtime?: Readonly<Record<string, string>>
  readonly paths: {
    /** The data folder, absolute; null keeps nothing (an in-memory database). */
    readonly data: string | null
    /** The folder that holds `models/`, `samples/`, `locales/`, `prompts/`, `model-catalog.json`. */
    readonly resources: string
    /** The machine's policy file; null where the platform has none. */
    readonly policy: string | null
    /** The folder of models for everybody on this machine, unless the policy names one; absent where there is none. */
    readonly sharedModels?: string
    /** Where other programs may keep models; none where absent. */
    readonly modelPlaces?: readonly ModelPlace[]
  }
  /** `LANG`, `SOTTO_LOCAL_ONLY` and the proxy variables; nothing else of the environment is read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly settings: SettingsStore
  /** Undefined where no OS keystore answers. */
  readonly keyring: Keyring | undefined
  readonly logger: Logger
  /** Whether the computer runs on its battery; null, or no such member, where the host cannot tell. */
  readonly onBattery?: () => boolean | null
  now(): Date
  spawn(kind: ChildKind, limits: ChildLimits): ChildPort
}
