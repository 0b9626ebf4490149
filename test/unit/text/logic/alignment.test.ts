// Claims true and false by construction: what is verbatim or shortened is supported, what was changed is marked.
import { describe, expect, test } from 'vitest'
import { align, alignCopy } from '../../../../main/text/logic/alignment.ts'
import { indexSources } from '../../../../main/text/logic/sourceIndex.ts'

const report = [
  'After two years of work the barrier across the mouth of the Thorn stands two thirds complete.',
  'The first gate was towed from the yard at Kessel Point on 7 July and hung in a single tide.',
  'All four piers were finished by 30 May 2026, three weeks later than planned.',
  'The forecast for the finished barrier is now £49.7 million, which is £1.5 million above the budget.',
  'Neither the fund nor the county is bound to share in a cost above the budget.',
  'Ingrid Vale will submit the application to the ministry by 6 November 2026.',
  'The crew found that the north pier had not settled evenly during the winter.',
  'Dredging has cost less than expected, because the gravel could be sold to the road contractor.',
  'The fishing boats did not lose a single working day to the closure of the inner harbour.',
  'Mirela Costin chairs the group that looks after the children’s area of the festival.',
  'Running the barrier will need five people, of whom two must be on call at any hour.',
  'Visitors from the islands have to leave at 21:40, before the lanterns are lit.',
]
const index = indexSources(report)

describe('align', () => {
  test.each(report.map((sentence, position) => ({ sentence, position })))(
    'verbatim: $position',
    ({ sentence, position }) => {
      expect(align(index, sentence)).toEqual({
        positions: [position],
        score: 1,
        supported: true,
        support: 'verbatim',
        notes: [],
      })
    },
  )

  test.each([
    ['The barrier across the mouth of the Thorn is two thirds complete.', 0],
    ['The first gate was towed from Kessel Point and hung in a single tide.', 1],
    ['The forecast is £49.7 million, £1.5 million above the budget.', 3],
    ['Ingrid Vale will submit the application by 6 November 2026.', 5],
    ['The crew found the north pier hadn’t settled evenly.', 6],
    ['Dredging cost less because gravel could be sold.', 7],
    ['5 people will be needed to run the barrier, two of them on call at any hour.', 10],
  ])('shortened or reworded: %s', (claim, position) => {
    const found = align(index, claim)
    expect({ position: found.positions.includes(position), supported: found.supported, notes: found.notes }).toEqual({
      position: true,
      supported: true,
      notes: [],
    })
  })

  test.each([
    ['All four piers were finished by 30 May 2027, three weeks later than planned.', 'date: 30 May 2027'],
    ['All four piers were finished by 30 May 2026, five weeks later than planned.', 'number: five'],
    ['All four piers were finished by 30 May 2026, three months later than planned.', 'unit: three month'],
    [
      'The forecast for the finished barrier is now £47.9 million, which is £1.5 million above the budget.',
      'number: £47.9',
    ],
    ['The first gate was towed from the yard at Lower Hythe on 7 July and hung in a single tide.', 'name: Lower Hythe'],
    ['The application to the ministry by Peter Okafor will be submitted by 6 November 2026.', 'name: Peter Okafor'],
    ['The crew found that the north pier had settled evenly during the winter.', 'negation: not'],
    [
      'The forecast for the finished barrier is not £49.7 million, which is £1.5 million above the budget.',
      'negation: not',
    ],
  ])('changed: %s', (claim, note) => {
    const { supported, support, notes } = align(index, claim)
    const said = notes.map((each) => `${each.kind}: ${each.said}`)
    expect({ supported, support, said }).toEqual({ supported: false, support: 'partly', said: [note] })
  })

  test.each([
    'The company will open a second factory in the spring and hire two hundred welders.',
    'Whales communicate over long distances with low-frequency songs.',
    'After two years of work the barrier will need five people, of whom two must be on call at any hour in the north.',
    '',
  ])('foreign or spliced: %s', (claim) => {
    expect(align(index, claim).supported).toBe(false)
  })

  test('German nouns are not names; German negation counts', () => {
    const german = indexSources([
      'Der Vorstand hat den Antrag der Gemeinde auf Förderung der Schule am Hafen nicht genehmigt.',
      'Die Kosten der Sanierung betragen nach Angaben der Verwaltung 4,5 Millionen Euro.',
    ])
    expect(align(german, 'Die Kosten der Sanierung betragen 4.5 Millionen Euro.').supported).toBe(true)
    expect(align(german, 'Der Vorstand hat den Antrag der Gemeinde auf Förderung der Schule genehmigt.').notes).toEqual(
      [{ kind: 'negation', said: 'nicht' }],
    )
  })

  test('of many sentences alike, as in a form, the one without anything against it is meant', () => {
    const form = indexSources(
      Array.from(
        { length: 20 },
        (_, at) => `Room ${at + 1} on the first floor is let for ${300 + at * 7} pounds a month.`,
      ),
    )
    for (const at of [0, 7, 19]) {
      const told = `Room ${at + 1} on the first floor is let for ${300 + at * 7} pounds.`
      expect(align(form, told)).toMatchObject({ positions: [at], supported: true, notes: [] })
      expect(align(form, told.replace(String(300 + at * 7), '999')).supported).toBe(false)
    }
    expect(align(form, 'Room 3 on the first floor is let for 307 pounds.').supported).toBe(false)
  })

  test('ten thousand sentences are aligned to without comparing each with each', () => {
    const words = Array.from({ length: 4000 }, (_, at) => `word${at}x`)
    const texts = Array.from({ length: 10_000 }, (_, at) =>
      Array.from({ length: 15 }, (_, i) => words[(at * 31 + i * i * 7) % words.length]).join(' '),
    )
    const large = indexSources(texts)
    const begun = performance.now()
    for (let at = 0; at < 10_000; at += 100) expect(align(large, texts[at] ?? '').score).toBe(1)
    // Far above what it takes: comparing each with each would need minutes.
    expect(performance.now() - begun).toBeLessThan(20_000)
  })
})

describe('alignCopy', () => {
  test('finds the source of a copied, cut or slightly wrong sentence', () => {
    expect(alignCopy(index, report[3] ?? '')).toEqual({ position: 3, score: 1 })
    expect(alignCopy(index, 'The forecast for the finished barrier is now')?.position).toBe(3)
    expect(
      alignCopy(index, 'The forecast for the finished barriers is now £49.7 million, which is above the budget.')
        ?.position,
    ).toBe(3)
  })

  test('aligns what no source says, and fragments, to nothing', () => {
    expect(alignCopy(index, 'I am a small model and cannot answer that.')).toBeNull()
    expect(alignCopy(index, 'The')).toBeNull()
    expect(alignCopy(index, '…')).toBeNull()
  })
})
