// Charts and diagrams in Word, PowerPoint and Excel made for it: what people see in them, and what a hostile file may try.
import { describe, expect, test } from 'vitest'
import {
  chart,
  diagram,
  partsOf,
  slidesWith,
  wordWith,
  xlsxWith,
  type Series,
} from '../../../fixtures/documents/makeFigures.ts'
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

  const slidesWithText = (figure: Parameters<typeof slidesWith>[0]) =>
    slidesWith(figure).map(({ name, content }) => ({
      name,
      content: String(content).replace(
        '</p:spTree>',
        '<p:sp><p:txBody><a:p><a:r><a:t>Beside it.</a:t></a:r></a:p></p:txBody></p:sp></p:spTree>',
      ),
    }))
  const makers = [
    { format: 'docx', make: wordWith, text: ['paragraph: Before.', 'paragraph: After.'] },
    { format: 'pptx', make: slidesWithText, text: ['paragraph: Beside it.'] },
    { format: 'xlsx', make: xlsxWith, text: ['table: Quay'] },
  ]

  describe.each(makers)('in $format', ({ make, text }) => {
    test.each([
      ['damaged', '<c:chartSpace'],
      ['with declarations', `<!DOCTYPE x [<!ENTITY a "b">]>${costs}`],
      ['nested beyond reason', `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`],
    ])('a figure that is %s is left out, and the text is read', async (_, part) => {
      expect(await read(make({ chart: part }))).toEqual({ lines: text, leftOut: ['embedded'] })
      expect(await read(make({ diagramData: part }))).toEqual({ lines: text, leftOut: ['embedded'] })
    })

    test('a figure too large, or packed beyond reason, is left out, and the text is read', async () => {
      for (const lie of [{ declaredBytes: 20_000_001, stored: true }, { content: `<a>${' '.repeat(2_000_000)}</a>` }]) {
        const entries = make({ chart: costs }).map((entry) =>
          entry.name === partsOf.chart ? { ...entry, ...lie } : entry,
        )
        expect(await read(entries)).toEqual({ lines: text, leftOut: ['embedded'] })
      }
    })

    test('a figure that says more than is kept is named, and what is kept is read', async () => {
      const { lines, leftOut } = await read(make({ chart: chart({ title: 'Long', series: [seriesOf(2001)] }) }))
      expect(leftOut).toEqual(['embedded'])
      expect(lines.join('\n')).toContain('c1999\t1999')
      expect(lines.join('\n')).not.toContain('c2000')
    })
  })

  test('references of a drawing that are damaged leave its figures out', async () => {
    const entries = xlsxWith({ chart: costs }).map((entry) =>
      entry.name === 'xl/_rels/drawing1.xml.rels' ? { ...entry, content: '<Relationships' } : entry,
    )
    expect(await read(entries)).toEqual({ lines: ['table: Quay'], leftOut: ['embedded'] })
  })
})

describe('what a figure says beyond what is kept', () => {
  const named = async (figure: Parameters<typeof wordWith>[0]) => (await read(wordWith(figure))).leftOut
  const many = (count: number): Series[] =>
    Array.from({ length: count }, (_, at) => ({ name: `s${at}`, categories: ['c'], values: [at] }))
  const levels = (count: number) => {
    const all = Array.from({ length: count }, (_, at) => `<c:lvl><c:pt idx="0"><c:v>level ${at}</c:v></c:pt></c:lvl>`)
    return chart({
      plot: `<c:ser><c:cat><c:multiLvlStrRef><c:multiLvlStrCache>${all.join('')}</c:multiLvlStrCache></c:multiLvlStrRef></c:cat><c:val><c:numLit><c:pt idx="0"><c:v>5</c:v></c:pt></c:numLit></c:val></c:ser>`,
    })
  }
  const points = (count: number, type: string) =>
    diagram(
      [['n', 'node', 'Plan'], ...Array.from({ length: count }, (_, at) => [`${type}${at}`, type, 'x'] as const)],
      [],
    )

  test('points, series, levels and titles of a chart: up to the bound all is read, beyond it that is said', async () => {
    expect(await named({ chart: chart({ series: [seriesOf(2000)] }) })).toEqual([])
    expect(await named({ chart: chart({ series: [seriesOf(2001)] }) })).toEqual(['embedded'])
    expect(await named({ chart: chart({ series: many(100) }) })).toEqual([])
    expect(await named({ chart: chart({ series: many(101) }) })).toEqual(['embedded'])
    expect(await named({ chart: levels(8) })).toEqual([])
    expect(await named({ chart: levels(9) })).toEqual(['embedded'])
    expect(await named({ chart: chart({ title: 'x'.repeat(1000) }) })).toEqual([])
    expect(await named({ chart: chart({ title: 'x'.repeat(1001) }) })).toEqual(['embedded'])
    expect(await named({ chart: chart({ axes: ['x'.repeat(1001)], series: many(1) }) })).toEqual(['embedded'])
    const long = { categories: ['x'.repeat(1001)], values: [1] }
    expect(await named({ chart: chart({ series: [long] }) })).toEqual(['embedded'])
  })

  test('levels beyond the bound do not write over those that are kept', async () => {
    const { lines } = await read(wordWith({ chart: levels(9) }))
    expect(lines[1]).toBe('table: level 7 level 6 level 5 level 4 level 3 level 2 level 1 level 0\t5')
  })

  test('points of a diagram; those that only say how it is drawn do not count', async () => {
    expect(await named({ diagramData: points(4999, 'node') })).toEqual([])
    expect(await named({ diagramData: points(5000, 'node') })).toEqual(['embedded'])
    expect(await named({ diagramData: points(6000, 'pres') })).toEqual([])
    expect(await named({ diagramData: diagram([['n', 'node', 'x'.repeat(20_001)]], []) })).toEqual(['embedded'])
    const lines = Array.from({ length: 5001 }, () => ['n', 'm', 0] as const)
    expect(await named({ diagramData: diagram([['n', 'node', 'Plan']], lines) })).toEqual(['embedded'])
  })
})

/** A series of so many points, `c0` and on. */
function seriesOf(count: number): Series {
  return {
    categories: Array.from({ length: count }, (_, at) => `c${at}`),
    values: Array.from({ length: count }, (_, at) => at),
  }
}
