// Centrality, gist, focus, action cues, layout, coverage, loops and time left.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { actionItems } from '../../../../main/summaries/logic/actionCues.ts'
import { scoreSentences } from '../../../../main/text/logic/centrality.ts'
import { composeText } from '../../../../main/summaries/logic/compose.ts'
import { coverageOf } from '../../../../main/summaries/logic/coverage.ts'
import { bestFirst } from '../../../../main/text/logic/diversity.ts'
import { focusScores } from '../../../../main/text/logic/focus.ts'
import { gistOf } from '../../../../main/summaries/logic/gist.ts'
import { loopStart, outputSentences, saysNone, withoutRepeats } from '../../../../main/text/logic/outputSentences.ts'
import { remainingMs } from '../../../../main/summaries/logic/remaining.ts'
import { splitSentences } from '../../../../main/text/logic/sentences.ts'
import { countWords } from '../../../../main/text/logic/wordStatistics.ts'
import { contentWordsOf, wordsOf } from '../../../../main/text/logic/words.ts'

function paragraphs(...texts: string[]): Segment[] {
  return texts.map((text, at) => ({ text, locator: { kind: 'lines', from: at * 2 + 1, to: at * 2 + 1 } }))
}

const bees = paragraphs(
  'The weather was pleasant and everyone enjoyed the afternoon in the garden together.',
  'Honey bees tell other bees of the hive where flowers grow by dancing on the comb. A dance shows direction and distance of the flowers from the hive.',
  'A dancing bee in the hive is followed by other bees, who then fly to the flowers the dance described.',
  'Scientists watched a dance in the hive and found the flowers the bees had described to each other.',
  'Lunch was served at noon by the kind ladies of the village hall committee.',
)

test('words: numbers, possessives, plurals and contractions become comparable', () => {
  expect(wordsOf('The council’s 1,000 boats don’t pay 3,5 %; cities can’t.')).toEqual([
    'the',
    'council',
    '1000',
    'boat',
    'do',
    'not',
    'pay',
    '3.5',
    'city',
    'can',
    'not',
  ])
  expect(contentWordsOf('Die Katze und das Haus are not here')).toEqual(['katz', 'haus'])
})

describe('centrality', () => {
  const sentences = splitSentences(bees)
  const scores = scoreSentences(sentences, countWords(sentences))

  test('what the text is about comes first, best is 1', () => {
    expect(Math.max(...scores)).toBe(1)
    expect(scores[0]).toBeLessThan(Math.min(...scores.slice(1, 5)))
    expect(scores[5]).toBeLessThan(Math.min(...scores.slice(1, 5)))
  })

  test('the gist is in reading order and verbatim', () => {
    const gist = gistOf(sentences, 2)
    expect(gist.map((each) => each.text)).toEqual([sentences[1]?.text, sentences[3]?.text])
    expect(gist.map((each) => each.locators)).toEqual([sentences[1]?.locators, sentences[3]?.locators])
    expect(gistOf([], 5)).toEqual([])
  })

  test('a repeated sentence counts once, a running header hardly', () => {
    const repeated = splitSentences(
      paragraphs(
        ...Array.from({ length: 6 }, (_, at) => [
          `Harbour Board report, page ${at}`,
          `Gate ${at} of the harbour was hung by the board in the tide.`,
          'Nothing else was hung by the board in the harbour on that day.',
        ]).flat(),
      ),
    )
    const worth = scoreSentences(repeated, countWords(repeated))
    expect(worth.filter((score) => score > 0.5).length).toBe(7)
    expect(worth[0]).toBeLessThan(0.1)
  })

  test('what leans on the sentence before counts less, a wall of digits hardly', () => {
    const end = 'the crew painted the harbour gate with the new paint of the town.'
    const wall = '40238726007709377354370243392300398571937486421071 '.repeat(40)
    const starts = ['Only now', 'Until then', 'After that', 'Seitdem']
    const apart = splitSentences(
      paragraphs(`In the factorial ${wall} is printed.`, ...starts.map((a) => `${a} ${end}`)),
    )
    const worth = scoreSentences(apart, countWords(apart))
    const digits = apart.flatMap(({ index, text }) => (/\d{9}/.test(text) ? [worth[index] ?? 1] : []))
    expect(Math.max(...digits)).toBeLessThan(0.05)
    const [last = 0, ...leaning] = apart.flatMap(({ index, text }) =>
      text.includes('crew') ? [worth[index] ?? 1] : [],
    )
    expect(leaning.length).toBe(3)
    expect(leaning.every((each) => each < 0.85 * last)).toBe(true)
  })

  test('5,000 sentences are ranked in one go', () => {
    const many = splitSentences(
      paragraphs(
        ...Array.from(
          { length: 5000 },
          (_, at) => `Sentence number ${at} is about topic${at % 97} and thing${at % 211} in the long report.`,
        ),
      ),
    )
    const begun = performance.now()
    expect(gistOf(many, 5)).toHaveLength(5)
    // Far above what it takes: comparing each with each would need minutes.
    expect(performance.now() - begun).toBeLessThan(20_000)
  })

  test('redundant sentences do not stand next to each other at the front', () => {
    const like = splitSentences(
      paragraphs(
        'The gate was hung in July by the crew.',
        'The gate was hung in July by a crew.',
        'Costs rose by three per cent over the budget.',
      ),
    )
    expect(bestFirst([0, 1, 2], [1, 0.99, 0.6], countWords(like))).toEqual([0, 2, 1])
  })

  test('an instruction puts its own words first, and centrality stands where it has none', () => {
    const statistics = countWords(sentences)
    const focused = focusScores('What about lunch at the village hall?', scores, statistics)
    expect(focused.indexOf(Math.max(...focused))).toBe(5)
    expect(focusScores('Explain it to a child', scores, statistics)).toEqual(scores)
  })
})

describe('action items', () => {
  test.each([
    'Anna must send the contract to the lawyers by Friday.',
    'Please return the signed form before 12 March.',
    'TODO: book the hall',
    'Peter will call the insurer by the end of October.',
    'Frau Kern muss den Vertrag bis 3. Mai prüfen.',
    'Bitte senden Sie die Unterlagen bis Freitag.',
    'Herr Schmidt kümmert sich um die Genehmigung der Bahn.',
    'Frau Kern wird die Anwohner informieren.',
    'Der Vertrag wird bis 3. Mai geprüft.',
    'We agreed to ask the council for money by 30 June.',
  ])('found: %s', (text) => {
    expect(actionItems(splitSentences(paragraphs(text)), 10).map(({ index }) => index)).toEqual([0])
  })

  test.each([
    'The river is wide and slow here.',
    'It must have rained all night.',
    'Der Verkehr wird über die Nordstraße umgeleitet, was zu Staus führen kann.',
    'Anwohner werden per Brief informiert.',
    'Will it rain tomorrow?',
    'The gate was raised by hand control and since 20 August by the automatic system.',
    'Das Wetter war gut.',
  ])('not found: %s', (text) => {
    expect(actionItems(splitSentences(paragraphs(text)), 10)).toEqual([])
  })

  test('a list under a heading that says so counts without cue words', () => {
    const notes: Segment[] = [
      { text: 'Actions', kind: 'heading', locator: { kind: 'lines', from: 1, to: 1 } },
      { text: 'Joan asks the ferry company.', kind: 'list-item', locator: { kind: 'lines', from: 2, to: 2 } },
      { text: 'Weather', kind: 'heading', locator: { kind: 'lines', from: 3, to: 3 } },
      { text: 'Rain fell on the ferry.', kind: 'list-item', locator: { kind: 'lines', from: 4, to: 4 } },
    ]
    expect(actionItems(splitSentences(notes), 10).map(({ index }) => index)).toEqual([1])
  })
})

describe('layout', () => {
  const many = splitSentences(paragraphs(...Array.from({ length: 14 }, (_, at) => `Sentence ${at} says one thing.`)))

  test.each([
    ['brief', 'Sentence 0 says one thing. Sentence 1 says one thing.'],
    ['bullets', '- Sentence 0 says one thing.\n- Sentence 1 says one thing.'],
    ['actions', '- Sentence 0 says one thing.\n- Sentence 1 says one thing.'],
  ] as const)('%s', (preset, expected) => {
    expect(composeText(preset, many.slice(0, 2))).toBe(expected)
  })

  test('detailed has paragraphs, none of one sentence', () => {
    const sizes = composeText('detailed', many)
      .split('\n\n')
      .map((paragraph) => paragraph.split('. ').length)
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBe(14)
    expect(sizes.every((size) => size >= 2 && size <= 6)).toBe(true)
    expect(composeText('actions', [])).toBe('')
  })
})

test('coverage: units whose text was not shown are not read', () => {
  const segments: Segment[] = [1, 1, 2, 3].map((page) => ({
    text: 'x',
    locator: { kind: 'page', page, start: 0, end: 1 },
  }))
  const document = { unit: 'page' as const, total: 5, read: 5, withoutText: [4, 5] }
  expect(coverageOf(document, segments, new Set([0, 1, 2, 3]))).toEqual(document)
  expect(coverageOf(document, segments, new Set([0, 2]))).toEqual({
    ...document,
    read: 3,
    skipped: [
      { from: 1, to: 1, why: 'not-shown' },
      { from: 3, to: 3, why: 'not-shown' },
    ],
  })
})

describe('what a model wrote', () => {
  test('statements without markers', () => {
    expect(outputSentences('- **One** is here. Two.\n2. Three\n\n')).toEqual(['One is here.', 'Two.', 'Three'])
    expect(outputSentences('')).toEqual([])
    expect([saysNone('NONE.'), saysNone('none of it')]).toEqual([true, false])
    expect(withoutRepeats(['A b.', 'C', 'a  B'])).toEqual(['A b.', 'C'])
  })

  test('a loop is cut after its first round, wherever it was noticed', () => {
    const text = 'The start is fine. '
    const round = 'Then it says this again and again. '
    const cut = [3, 4, 5].map((rounds) => loopStart(text + round.repeat(rounds)))
    expect(new Set(cut).size).toBe(1)
    expect(`${text}${round.repeat(4)}Then it sa`.slice(0, loopStart(`${text}${round.repeat(4)}Then it sa`) ?? 0)).toBe(
      (text + round.repeat(4)).slice(0, cut[0] ?? 0),
    )
    expect(loopStart('No loop here. '.repeat(2))).toBeNull()
  })
})

test('time left is the median over the sequences at work', () => {
  expect(remainingMs([100], 10, 4)).toBeNull()
  expect(remainingMs([100, 900, 200], 8, 4)).toBe(400)
  expect(remainingMs([100, 200], 1, 4)).toBe(150)
  expect(remainingMs([100, 200], 0, 4)).toBe(0)
})

test('the row that names the columns of a table is no claim; a first row with figures may be', () => {
  const locator = { kind: 'cells', sheet: 'Population', range: 'A1:C4' } as const
  const head = 'Country\tPopulation in millions\tArea km2'
  const rows = ['Austria\t8.3\t83858', 'United Kingdom of Great Britain\t60.7\t244820', 'Czech Republic\t10.3\t78866']
  const best = (text: string): string | undefined =>
    gistOf(splitSentences([{ text, kind: 'table', locator }]), 1).map((sentence) => sentence.text)[0]
  expect(best([head, ...rows].join('\n'))).toBe('United Kingdom of Great Britain 60.7 244820')
  const [first = '', second = ''] = rows
  expect(best([second, first].join('\n'))).toBe('United Kingdom of Great Britain 60.7 244820')
  const sheet = splitSentences([
    { text: 'version\tcodename of the series\tcreated by', kind: 'heading', locator },
    { text: '1.1\tBuzz and its friends\t1993', kind: 'table', locator },
  ])
  expect(gistOf(sheet, 1)[0]?.text).toBe('1.1 Buzz and its friends 1993')
})
