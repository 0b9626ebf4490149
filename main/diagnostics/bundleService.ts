// The report for support: made and shown first, then written as it was shown, to where a person says.
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { GpuPanel, Measurement, SupportBundle } from '#contract/machine.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { PolicyState, SettingEntry } from '#contract/setting.ts'
import type { DoctorCheck } from '#contract/system.ts'
import type { Host } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { readCounts, readFailures } from './bundleCounts.ts'
import {
  checkPart,
  codeWord,
  gpuPart,
  hardwareName,
  measurementPart,
  modelPart,
  settingPart,
  type Entry,
} from './logic/bundleParts.ts'
import type { RecentEvent } from './recentEvents.ts'

/** What a report is made of. */
export type BundleDependencies = {
  readonly host: Pick<Host, 'kind' | 'appVersion' | 'runtime'>
  readonly storage: Pick<Storage, 'all' | 'get'>
  readonly settings: { list(): readonly SettingEntry[]; policyState(): PolicyState }
  readonly doctor: { doctor(signal: AbortSignal): Promise<Result<readonly DoctorCheck[]>> }
  readonly models: { list(): Promise<Result<readonly ModelRecord[]>> }
  readonly machine: { gpu(): Promise<Result<GpuPanel>> }
  readonly measures: { measurements(): Promise<Result<readonly Measurement[]>> }
  readonly recent: { list(): readonly RecentEvent[] }
  readonly now: () => Date
}

type PartName = SupportBundle['parts'][number]['name']
/** A part that could not be had says why by code. */
type Part = readonly unknown[] | { readonly unavailable: string }

/** Makes reports and writes the one shown last. */
export class BundleService {
  readonly #dependencies: BundleDependencies
  #shown: SupportBundle | null = null

  constructor(dependencies: BundleDependencies) {
    this.#dependencies = dependencies
  }

  /** Makes a report. What cannot be had is named by its failure's code; stopping leaves checks out. */
  async make(signal: AbortSignal): Promise<Result<SupportBundle>> {
    const parts = await this.#parts(signal)
    const madeOn = this.#dependencies.now().toISOString()
    const text = `${JSON.stringify({ format: 'sotto-support-1', madeOn, ...Object.fromEntries(parts) }, null, 2)}\n`
    const bundle: SupportBundle = {
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: Buffer.byteLength(text),
      parts: parts.map(([name, part]) => ({
        name,
        entries: Array.isArray(part) ? part.length : 0,
        bytes: Buffer.byteLength(JSON.stringify(part)),
      })),
      text,
    }
    this.#shown = bundle
    return ok(bundle)
  }

  /** Writes the report shown last to a new `.json` file, readable by its owner only. */
  async write(sha256: string, file: string): Promise<Result<{ readonly bytes: number }>> {
    const shown = this.#shown
    if (shown === null || shown.sha256 !== sha256) return fail('not-found', { what: 'report', id: sha256.slice(0, 12) })
    const name = path.basename(file)
    if (!path.isAbsolute(file)) return fail('file-unwritable', { name, reason: 'not-absolute' })
    if (path.extname(file) !== '.json') return fail('file-unwritable', { name, reason: 'not-json' })
    try {
      const handle = await open(file, 'wx', 0o600)
      try {
        await handle.writeFile(shown.text)
        await handle.sync()
      } finally {
        await handle.close()
      }
      return ok({ bytes: shown.bytes })
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown' // as: file errors of Node carry a code
      return code === 'EEXIST' ? fail('file-exists', { name }) : fail('file-unwritable', { name, reason: code })
    }
  }

  async #parts(signal: AbortSignal): Promise<readonly (readonly [PartName, Part])[]> {
    const { settings, doctor, models, machine, measures, storage, recent } = this.#dependencies
    const installed = await models.list()
    const nameOf = (modelId: string): string | null =>
      installed.ok ? (installed.value.find(({ id }) => id === modelId)?.catalogueId ?? null) : null
    const counts = await readCounts(storage)
    const failures = await readFailures(storage)
    const heard = recent.list().map(({ event, code, ...rest }) => ({
      event: codeWord(event.replaceAll('.', '-')),
      code: code === null ? null : codeWord(code),
      ...rest,
    }))
    return [
      ['versions', [this.#versions()]],
      ['machine', [computer()]],
      ['settings', [...settings.list().map(settingPart), { policy: settings.policyState().state }]],
      ['checks', partOf(await doctor.doctor(signal), (checks) => checks.map(checkPart))],
      ['models', partOf(installed, (list) => list.map(modelPart))],
      ['gpu', partOf(await machine.gpu(), (panel) => [gpuPart(panel)])],
      [
        'measurements',
        partOf(await measures.measurements(), (list) => list.map((one) => measurementPart(one, nameOf(one.modelId)))),
      ],
      ['counts', partOf(counts, (found) => [found])],
      ['failures', partOf(failures, (stored) => [...stored, ...heard])],
    ]
  }

  #versions(): Entry {
    const { appVersion, kind, runtime = {} } = this.#dependencies.host
    return { sotto: appVersion, host: kind, ...runtime }
  }
}

function computer(): Entry {
  return {
    system: `${os.platform()} ${os.arch()}`,
    // What follows the numbers may be whatever somebody called their own kernel.
    release: /^\d+(\.\d+)*/.exec(os.release())?.[0] ?? null,
    processor: hardwareName(os.cpus()[0]?.model ?? null),
    logicalCores: os.cpus().length,
    totalBytes: os.totalmem(),
    freeBytes: os.freemem(),
  }
}

function partOf<T>(result: Result<T>, part: (value: T) => readonly unknown[]): Part {
  return result.ok ? part(result.value) : { unavailable: codeWord(result.failure.code) }
}
