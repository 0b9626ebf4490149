// Settings with their locks, as the main process decides them.
import type { Failure } from '#contract/failures.ts'
import type { PolicyState, SettingEntry, SettingKey } from '#contract/setting.ts'
import type { SliceTools } from './slice.ts'

/** Settings by key, and the last change that was refused. */
export type SettingsSlice = {
  readonly settings: Readonly<Partial<Record<SettingKey, SettingEntry>>>
  /** Why the last change of a setting was refused; gone with the next change that works. */
  readonly settingFailure: { readonly key: SettingKey; readonly failure: Failure } | null
  readonly policy: PolicyState | null
  refreshSettings(): Promise<void>
  /** Answers whether the change was kept. */
  changeSetting(key: SettingKey, value: string | number | boolean): Promise<boolean>
}

/** Reads all settings, follows changes, writes one at a time. */
export function createSettingsSlice({ set, get, client }: SliceTools): SettingsSlice {
  function keep(entries: readonly SettingEntry[]): void {
    set({ settings: { ...get().settings, ...Object.fromEntries(entries.map((entry) => [entry.key, entry])) } })
  }
  client.on('settings.changed', (entry) => keep([entry]))
  return {
    settings: {},
    settingFailure: null,
    policy: null,
    async refreshSettings() {
      const [entries, policy] = await Promise.all([
        client.call('settings.list', {}),
        client.call('settings.policy', {}),
      ])
      if (entries.ok) keep(entries.value)
      if (policy.ok) set({ policy: policy.value })
    },
    async changeSetting(key, value) {
      const changed = await client.call('settings.set', { key, value })
      if (changed.ok) keep([changed.value])
      set({ settingFailure: changed.ok ? null : { key, failure: changed.failure } })
      return changed.ok
    },
  }
}
