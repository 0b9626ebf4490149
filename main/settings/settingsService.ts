// Settings as everything else reads them: validated, with their source, locked where the organisation decides.
import { dirname } from 'node:path'
import type { Announce } from '#contract/index.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import {
  type PolicyState,
  type Setting,
  type SettingEntry,
  type SettingKey,
  type SettingValues,
  settingSchemas,
} from '#contract/setting.ts'
import type { SettingsStore } from '../host.ts'
import type { PolicyResolution } from '../policy/policyResolution.ts'
import { closesByEnvironment, resolveSetting } from './logic/resolveSetting.ts'

type SettingsServiceDeps = {
  readonly store: SettingsStore
  readonly policy: PolicyResolution
  /** Only `SOTTO_LOCAL_ONLY` is read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly announce: Announce
}

const keys = Object.keys(settingSchemas) as SettingKey[] // as: Object.keys forgets literal keys

/**
 * Reads and writes settings. A stored value that does not fit its schema counts as never set, but a `localOnly` that
 * cannot be read counts as on: what a person chose to keep here must not go out over a damaged file.
 */
export class SettingsService {
  readonly #deps: SettingsServiceDeps

  constructor(deps: SettingsServiceDeps) {
    this.#deps = deps
  }

  /** A setting's value, who decided it, and whether and why it is locked. Never throws. */
  get<Key extends SettingKey>(key: Key): Setting<SettingValues[Key]> {
    const { settings, recommended, organisation } = this.#deps.policy.values
    const managed = settings[key]
    const byEnvironment = key === 'localOnly' && closesByEnvironment(this.#deps.environment['SOTTO_LOCAL_ONLY'])
    // A policy may not open what whoever started the program closed.
    const overruled = byEnvironment && managed?.value === false
    const setting = resolveSetting<unknown>({
      policy:
        managed === undefined || overruled
          ? undefined
          : { value: managed.value, reason: managed.reason ?? null, contact: organisation?.contact ?? null },
      environment: byEnvironment ? { value: true, reason: 'SOTTO_LOCAL_ONLY' } : undefined,
      person: this.#stored(key),
      recommended: recommended[key],
      fallback: settingSchemas[key].parse(undefined),
    })
    return setting as Setting<SettingValues[Key]> // as: every layer was parsed by this key's own schema
  }

  /** Every setting, in the order of the contract. */
  list(): SettingEntry[] {
    return keys.map((key) => this.#entry(key))
  }

  /**
   * Keeps a person's choice and announces it. Failures: `setting-locked`, `setting-invalid`, and `disk-full` or
   * `data-read-only` when it cannot be kept; then the old value stays.
   */
  set(key: SettingKey, value: unknown): Result<SettingEntry> {
    const { locked, reason, contact } = this.get(key)
    if (locked) return fail('setting-locked', { key, reason: reason ?? '', contact: contact ?? '' })
    const parsed = settingSchemas[key].unwrap().safeParse(value)
    if (!parsed.success) return fail('setting-invalid', { key, issue: parsed.error.issues[0]?.code ?? 'custom' })
    const written = this.#write(key, parsed.data)
    if (!written.ok) return written
    const entry = this.#entry(key)
    this.#deps.announce('settings.changed', entry)
    return ok(entry)
  }

  /** Who closed the way out, or null when it is open. */
  localOnlyCause(): 'setting' | 'policy' | 'environment' | null {
    const { value, source } = this.get('localOnly')
    if (!value) return null
    return source === 'policy' || source === 'environment' ? source : 'setting'
  }

  /** Whether a policy is in force, and what is wrong with it if it was refused. */
  policyState(): PolicyState {
    const { state, source, sha256, issues, rules } = this.#deps.policy
    return { state, source, sha256, issues: [...issues], ...(rules === undefined ? {} : { rules: [...rules] }) }
  }

  #entry(key: SettingKey): SettingEntry {
    return { key, ...this.get(key) }
  }

  #stored(key: SettingKey): unknown {
    const unreadable = key === 'localOnly' ? true : undefined
    try {
      const values = this.#deps.store.read()
      if (!Object.hasOwn(values, key)) return undefined
      const parsed = settingSchemas[key].unwrap().safeParse(values[key])
      return parsed.success ? parsed.data : unreadable
    } catch {
      return unreadable
    }
  }

  #write(key: SettingKey, value: unknown): Result<void> {
    try {
      return ok(this.#deps.store.write(key, value))
    } catch (error) {
      const { code, path } = error as NodeJS.ErrnoException // as: whatever else it is has no such code and is thrown on
      const folder = path === undefined ? '' : dirname(path)
      if (code === 'ENOSPC' || code === 'EDQUOT') return fail('disk-full', { folder })
      if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return fail('data-read-only', { folder })
      throw error
    }
  }
}
