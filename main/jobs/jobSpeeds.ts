// How fast each model worked on this computer, kept over restarts.
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'

type Speed = { readonly milliseconds: number; readonly characters: number }

/** Beyond this many characters older measurements count half, so that a faster machine is noticed. */
const remembered = 2_000_000

/** Speeds by model hash. What cannot be written down is still known in this process. */
export class JobSpeeds {
  readonly #storage: Storage
  readonly #speeds = new Map<string, Speed>()

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Reads what earlier processes measured. Failures: the storage's. */
  async load(): Promise<Result<void>> {
    const rows = await this.#storage.all<Speed & { model_sha256: string }>(
      'SELECT model_sha256, milliseconds, characters FROM model_speeds',
    )
    if (!rows.ok) return rows
    for (const { model_sha256: sha256, milliseconds, characters } of rows.value) {
      this.#speeds.set(sha256, { milliseconds, characters })
    }
    return ok(undefined)
  }

  /** Milliseconds per character of text, everything that is done with it included; null when never measured. */
  msPerCharacter(modelSha256: string | undefined): number | null {
    const speed = modelSha256 === undefined ? undefined : this.#speeds.get(modelSha256)
    return speed === undefined ? null : speed.milliseconds / speed.characters
  }

  /** Adds a measurement. */
  async measured(modelSha256: string, milliseconds: number, characters: number): Promise<void> {
    if (characters < 1 || milliseconds < 1) return
    const known = this.#speeds.get(modelSha256) ?? { milliseconds: 0, characters: 0 }
    const kept = known.characters > remembered ? 0.5 : 1
    const next = {
      milliseconds: known.milliseconds * kept + milliseconds,
      characters: known.characters * kept + characters,
    }
    this.#speeds.set(modelSha256, next)
    await this.#storage.run(
      `INSERT INTO model_speeds (model_sha256, milliseconds, characters) VALUES (?, ?, ?)
       ON CONFLICT (model_sha256) DO UPDATE SET milliseconds = excluded.milliseconds, characters = excluded.characters`,
      [modelSha256, next.milliseconds, next.characters],
    )
  }
}
