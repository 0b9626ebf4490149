// From starting the program to the first word of an answer, with the model's file in memory and without.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { starterModel } from '../../fakes/engineHarness.ts'
import type { Bar } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { afterTokens, firstText, newConversation, openAppWindow, send } from '../rig/appWindow.ts'
import { interleaved } from '../rig/interleaved.ts'

/** Marked at 1.5 for a cold start over a warm one. */
export const bar: Bar = {
  title: 'Start to first word',
  how:
    'The browser host is started as `npm start` starts it and the first message, 20 words, sent at once; until its first ' +
    'text. Warm: the model file was just used. Cold: the system was told to drop that file from memory before (Linux). ' +
    'The large model was linked before, as a person would have done; the starter comes with the app.',
  async run({ rounds, say }) {
    const large = await ensureBenchModel()
    const folder = mkdtempSync(join(tmpdir(), 'sotto-start-'))
    const places = { large: join(folder, 'large'), starter: join(folder, 'starter') }
    try {
      await (await openAppWindow({ dataFolder: places.large }, large)).close()
      if (!forget(large)) return { skipped: 'the system cannot be told to drop a file from memory' }
      const start = (place: keyof typeof places, file: string | null) => async (): Promise<number> => {
        if (file !== null && !forget(file)) throw new Error('a file could not be dropped from memory')
        return toFirstText(places[place])
      }
      await toFirstText(places.large)
      const seen = await interleaved(rounds, {
        warm: start('large', null),
        cold: start('large', large),
        starter: start('starter', null),
        coldStarter: start('starter', starterModel.path),
      })
      for (const { warm, cold, starter } of seen)
        say(`warm ${warm.toFixed(0)}, cold ${cold.toFixed(0)}, starter ${starter.toFixed(0)} ms`)
      const all = (name: 'warm' | 'cold' | 'starter' | 'coldStarter') => seen.map((round) => round[name])
      return {
        figures: [
          ratio('cold / warm', seen, ['cold', 'warm'], { kind: 'at-most', value: 1.5 }),
          figure('start to first word, warm', 'ms', all('warm')),
          figure('start to first word, cold', 'ms', all('cold')),
          figure('start to first word, starter, warm', 'ms', all('starter')),
          figure('start to first word, starter, cold', 'ms', all('coldStarter')),
        ],
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function toFirstText(dataFolder: string): Promise<number> {
  const begun = performance.now()
  const window = await openAppWindow({ dataFolder })
  try {
    const opened = performance.now() - begun
    const answer = await send(window, await newConversation(window), text(20, 1), afterTokens(1))
    return opened + firstText(answer)
  } finally {
    await window.close()
  }
}

/** Asks the system to drop one file's pages; false where there is no way. */
function forget(file: string): boolean {
  if (process.platform !== 'linux') return false
  return spawnSync('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']).status === 0
}
