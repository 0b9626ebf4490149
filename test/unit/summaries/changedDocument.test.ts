// A file that changed: only the steps that read what changed are computed again, and those that combine it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import type { SummaryMode } from '#contract/summary.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { sha256 } from '../../../main/summaries/summaryInput.ts'
import { copyOpening, createFakeGenerator, fakeModel } from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { seeded } from '../text/logic/seeded.ts'
import { valueOf } from '../jobs/jobFixture.ts'
import { createSummaryFixture, drained, keepDocument, orderFor, recordOf, reportSegments } from './summaryFixture.ts'

const pages = 60
/** Each paragraph of a page is a segment of its own, as a reader gives them. */
const before: Segment[] = reportSegments(pages).flatMap((segment) => {
  const sentences = segment.text.split(/(?<=pounds\.) /)
  return [0, 1, 2, 3, 4].map((at): Segment => ({ ...segment, text: sentences.slice(at * 2, at * 2 + 2).join(' ') }))
})

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, recordOf(before))
})
afterEach(async () => storage.close())

type Read = { readonly mapSteps: number; readonly mapStepsStored: number; readonly asked: number }

/** Summarizes these segments in a process of its own; what was known before it began, and what the model was asked. */
async function read(segments: readonly Segment[], name: string, mode: SummaryMode): Promise<Read> {
  const generator = createFakeGenerator(copyOpening, { ...fakeModel, mapContextTokens: 900, summaryMode: mode })
  const document = { ...recordOf(segments), sha256: sha256(JSON.stringify(segments)) }
  const { summaries, jobs } = await createSummaryFixture(storage, segments, generator, name, document)
  const { jobId } = valueOf(await summaries.start(orderFor({ preset: 'detailed' })))
  const { items } = await drained(summaries.follow(jobId))
  await jobs.close()
  const planned = items.find((item) => item.type === 'planned')
  if (planned?.type !== 'planned') throw new Error('nothing was planned')
  return { mapSteps: planned.chunks, mapStepsStored: planned.reused, asked: generator.requests.length }
}

function changes(at: number): readonly (readonly [string, readonly Segment[]])[] {
  const old = before[at]
  if (old === undefined) throw new Error(`no segment ${at}`)
  const added: Segment = {
    ...old,
    text: 'The council of ward nine met in secret. It decided to close the old canal for good.',
  }
  return [
    ['one paragraph is reworded', before.map((each, i) => (i === at ? { ...each, text: added.text } : each))],
    ['one paragraph is added', [...before.slice(0, at), added, ...before.slice(at)]],
    ['one paragraph is taken out', before.filter((_, i) => i !== at)],
  ]
}

describe.each(['extractive', 'free'] as const)('%s', (mode) => {
  const random = seeded(20_261_120)
  const places = Array.from({ length: 4 }, () => Math.floor(random() * before.length))

  test.each(places)('a change at paragraph %i of a 60-page document redoes at most 15 in 100 map steps', async (at) => {
    const first = await read(before, 'before', mode)
    expect(first).toMatchObject({ mapStepsStored: 0 })
    expect(first.mapSteps).toBeGreaterThan(12)
    for (const [what, after] of changes(at)) {
      const again = await read(after, `${what} ${at}`, mode)
      const redone = again.mapSteps - again.mapStepsStored
      expect(redone / again.mapSteps, `${what}: ${redone} of ${again.mapSteps}`).toBeLessThanOrEqual(0.15)
      // Above it only the way to the root: far fewer than were asked at first.
      expect(again.asked, what).toBeLessThan(first.asked * 0.4)
    }
  })
})
