// Thousands of damaged headers through our validator, and the survivors through the real engine.
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { parseGgufHeader } from '../../main/models/logic/ggufHeader.ts'
import { seededRandom } from '../acceptance/seededRandom.ts'
import { createEngineHarness, starterModel } from '../fakes/engineHarness.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const isDeep = process.env['SOTTO_DEEP'] === '1'
const mutations = isDeep ? 10_000 : 300
const mostSurvivors = isDeep ? 200 : 3

/** Changes a few bytes of a copied header: flips a bit, writes an extreme, repeats or drops a stretch. */
function mutated(sound: Buffer, random: () => number): Buffer {
  const copy = Buffer.from(sound)
  const headerBytes = copy.length
  for (let change = 0; change <= random() * 3; change++) {
    // Half of them where counts and keys stand, the others anywhere.
    const at = Math.floor(random() * (random() < 0.5 ? Math.min(2000, headerBytes) : headerBytes))
    const kind = random()
    if (kind < 0.4) copy[at] = (copy[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    else if (kind < 0.6) copy.fill(0xff, at, at + 1 + Math.floor(random() * 8))
    else if (kind < 0.8) copy.copyWithin(at, at + Math.floor(random() * 16), Math.min(headerBytes, at + 64))
    else copy.fill(0, at, at + 1 + Math.floor(random() * 8))
  }
  return copy
}

test(
  `${mutations} headers (seed ${seed}): each an answer; of what passes at most ${mostSurvivors} through the engine, each ended`,
  { timeout: 1_700_000 },
  async () => {
    const sound = readFileSync(starterModel.path)
    const outcome = parseGgufHeader(sound, sound.length)
    if (outcome.state !== 'valid') throw new Error('the starter is not sound')
    const head = sound.subarray(0, outcome.facts.headerBytes)
    const rest = sound.subarray(outcome.facts.headerBytes)
    const random = seededRandom(seed)
    const survivors: Buffer[] = []
    const states = { valid: 0, invalid: 0, more: 0 }
    for (let count = 0; count < mutations; count++) {
      const header = mutated(head, random)
      let { state } = parseGgufHeader(header, sound.length)
      // A header that claims to be longer is given the whole file, as the app would.
      if (state === 'more') ({ state } = parseGgufHeader(Buffer.concat([header, rest]), sound.length))
      states[state] += 1
      if (state === 'valid' && !header.equals(head) && survivors.length < mostSurvivors) survivors.push(header)
    }
    expect(states.valid + states.invalid).toBe(mutations)
    expect(survivors.length).toBeGreaterThan(0)
    const folder = mkdtempSync(path.join(os.tmpdir(), 'mutations-'))
    try {
      for (const [number, header] of survivors.entries()) {
        const file = path.join(folder, `${number}.gguf`)
        writeFileSync(file, Buffer.concat([header, rest]))
        const { client, choose } = createEngineHarness()
        choose(ok({ ...starterModel, modelId: file, path: file }))
        const patience = AbortSignal.timeout(60_000)
        const loaded = await client.load(patience)
        expect(patience.aborted, 'the engine hangs').toBe(false)
        // The child may die of it; the app has an answer either way.
        const codes = ['model-load-failed', 'engine-crashed', 'engine-unavailable', 'engine-out-of-memory']
        if (!loaded.ok) expect(codes).toContain(loaded.failure.code)
        await client.close()
        rmSync(file)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)
