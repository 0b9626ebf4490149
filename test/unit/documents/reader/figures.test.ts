// Charts and diagrams in Word, PowerPoint and Excel made for it: what people see in them, and what a hostile file may try.
import { describe, expect, test } from 'vitest'
import { chart, diagram, partsOf, wordWith, xlsxWith, slidesWith } from '../../../fixtures/documents/makeFigures.ts'
import { makeZip, type ZipEntry } from '../../../fixtures/documents/makeZip.ts'
import { readInProcess } from '../../../fixtures/documents/readInProcess.ts'

async function read(entries: readonly ZipEntry[]): Promise<{ lines: readonly string[]; leftOut: readonly string[] }> {
  const { last, segments } = await readInProcess(makeZip(entries), 'a.bin')
  const leftOut = last?.type === 'finished' ? (last.coverage.leftOut ?? []) : [JSON.stringify(last)]
  return { lines: segments.map(({ kind, text }) => `${kind ?? ''}: ${text}`), leftOut }
}

const costs = chart({
  title: 'Costs by quarter',
  axes: ['Quarter', 'EUR million'],
  series: [
    { name: 'Quay', categories: ['Q1', 'Q2'], values: [1.5, 2.25], format: '0.0' },
    { name: 'Crane', categories: ['Q1', 'Q2'], values: [0.4, 0.75], format: '0%' },
  ],
})
const costsTable = 'table: –\tQuay\tCrane\nQ1\t1.5\t40%\nQ2\t2.3\t75%'

describe('charts', () => {
  test('Word: after the paragraph they hang on, with titles and a table of values as they show', async () => {
    expect(await read(wordWith({ chart: costs }))).toEqual({
      lines: [
        'paragraph: Before.',
        'paragraph: Costs by quarter',
        'paragraph: Quarter · EUR million',
        costsTable,
        'paragraph: After.',
      ],
      leftOut: [],
    })
  })

  test('PowerPoint: on their slide', async () => {
    const { segments, last } = await readInProcess(makeZip(slidesWith({ chart: costs })), 'a.pptx')
    expect(segments.map(({ text }) => text)).toEqual(['Costs by quarter', 'Quarter · EUR million', costsTable.slice(7)])
    expect(segments.map(({ locator }) => locator)).toEqual(
      segments.map(() => ({ kind: 'slide', slide: 1, part: 'body' })),
    )
    expect(last).toMatchObject({ type: 'finished', coverage: { withoutText: [] } })
    expect(last).not.toHaveProperty('coverage.leftOut')
  })

  test('Excel: at the cell where they begin', async () => {
    const { segments } = await readInProcess(makeZip(xlsxWith({ chart: costs })), 'a.xlsx')
    expect(
      segments.map(({ text, kind, locator }) => [locator.kind === 'cells' ? locator.range : '', kind, text]),
    ).toEqual([
      ['A1', 'table', 'Quay'],
      ['C4', 'paragraph', 'Costs by quarter'],
      ['C4', 'paragraph', 'Quarter · EUR million'],
      ['C4', 'table', costsTable.slice(7)],
    ])
  })

  test('a series over other categories has a table of its own; dates and a single unnamed series', async () => {
    const mixed = chart({
      series: [
        { name: 'A', categories: ['x'], values: [1] },
        { name: 'B', categories: ['y'], values: [2] },
        { categories: [45_658], values: [3], dates: true },
      ],
    })
    expect((await read(wordWith({ chart: mixed }))).lines.slice(1, -1)).toEqual([
      'table: –\tA\nx\t1',
      'table: –\tB\ny\t2',
      'table: 2025-01-01\t3',
    ])
  })

  test('categories in levels, points left out, points nobody can place', async () => {
    const levels =
      '<c:multiLvlStrRef><c:multiLvlStrCache><c:lvl><c:pt idx="0"><c:v>Q1</c:v></c:pt><c:pt idx="1"><c:v>Q2</c:v></c:pt><c:pt idx="2"><c:v>Q1</c:v></c:pt></c:lvl>' +
      '<c:lvl><c:pt idx="0"><c:v>2024</c:v></c:pt><c:pt idx="2"><c:v>2025</c:v></c:pt></c:lvl></c:multiLvlStrCache></c:multiLvlStrRef>'
    const values =
      '<c:numLit><c:formatCode>General</c:formatCode><c:pt idx="0"><c:v>5</c:v></c:pt><c:pt idx="2"><c:v>7</c:v></c:pt><c:pt idx="-1"><c:v>8</c:v></c:pt><c:pt idx="900000000"><c:v>9</c:v></c:pt><c:pt><c:v>10</c:v></c:pt></c:numLit>'
    const part = chart({ plot: `<c:ser><c:cat>${levels}</c:cat><c:val>${values}</c:val></c:ser>` })
    expect((await read(wordWith({ chart: part }))).lines.slice(1, -1)).toEqual([
      'table: 2024 Q1\t5\n2024 Q2\n2025 Q1\t7',
    ])
  })
})

describe('diagrams', () => {
  const steps = diagram(
    [
      ['d', 'doc', ''],
      ['1', 'node', 'Plan'],
      ['2', 'node', 'Build'],
      ['3', 'asst', 'Ask the harbour'],
      ['t', 'parTrans', 'hidden'],
    ],
    [
      ['d', '2', 1],
      ['d', '1', 0],
      ['1', '3', 0],
    ],
  )
  const list = ['• Plan', '  ◦ Ask the harbour', '• Build']

  test('points stand in their order, each under its own', async () => {
    expect((await read(wordWith({ diagramData: steps }))).lines.slice(1, -1)).toEqual(
      list.map((line) => `list-item: ${line}`),
    )
    expect((await read(slidesWith({ diagramData: steps }))).lines).toEqual(list.map((line) => `list-item: ${line}`))
    expect((await read(xlsxWith({ diagramData: steps }))).lines.slice(1)).toEqual(
      list.map((line) => `list-item: ${line}`),
    )
  })

  test('lines in a circle, to nowhere and to themselves: every point once', async () => {
    const circle = diagram(
      [
        ['1', 'node', 'One'],
        ['2', 'node', 'Two'],
        ['2', 'node', 'Two again'],
      ],
      [
        ['1', '2', 0],
        ['2', '1', 0],
        ['2', '2', 0],
        ['2', 'nowhere', 0],
      ],
    )
    expect((await read(slidesWith({ diagramData: circle }))).lines).toEqual(['list-item: • One', 'list-item:   ◦ Two'])
  })
})

describe('what a hostile file may try', () => {
  test('a figure whose part is missing, or says nothing, is named as left out', async () => {
    for (const make of [wordWith, xlsxWith]) {
      const entries = make({ chart: costs })
      expect((await read(entries.filter(({ name }) => name !== partsOf.chart))).leftOut).toEqual(['embedded'])
      expect((await read(make({ chart: chart({}) }))).leftOut).toEqual(['embedded'])
    }
    const { last } = await readInProcess(makeZip(slidesWith({ chart: chart({}) })), 'a.pptx')
    expect(last).toMatchObject({ type: 'failed', failure: { code: 'document-without-text' } })
  })

  test('one figure referred to a thousand times is written once', async () => {
    for (const make of [wordWith, slidesWith, xlsxWith]) {
      const { lines } = await read(make({ chart: costs }, 1000))
      expect(lines.filter((line) => line.includes('Costs by quarter'))).toEqual(['paragraph: Costs by quarter'])
    }
  })

  test('damage and declarations in a figure are those of the document', async () => {
    const failed = async (part: string) => {
      const { last } = await readInProcess(makeZip(wordWith({ chart: part })), 'a.docx')
      return last?.type === 'failed' ? last.failure.code : last?.type
    }
    expect(await failed('<c:chartSpace')).toBe('document-corrupt')
    expect(await failed(`<!DOCTYPE x [<!ENTITY a "b">]>${costs}`)).toBe('document-unsafe')
  })
})
