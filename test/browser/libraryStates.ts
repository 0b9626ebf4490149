// The library full, reading, searched and with files that could not be read, as things to open.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile, LibraryFolder, LibraryHit, StateCounts } from '#contract/library.ts'
import type { Answers } from './alteredAnswers.ts'
import type { RoomState } from './roomState.ts'

const at = '2026-11-19T09:30:00.000Z'

const none: StateCounts = {
  waiting: 0,
  reading: 0,
  ready: 0,
  duplicate: 0,
  changed: 0,
  failed: 0,
  missing: 0,
  excluded: 0,
}

function folder(id: string, name: string, files: Partial<StateCounts>): LibraryFolder {
  return {
    id,
    name,
    path: `/home/kim/Documents/${name}`,
    state: 'watched',
    failure: null,
    files: { ...none, ...files },
    ignored: [
      { reason: 'no-document', count: 12, examples: ['Photos/barrier.jpg', 'Photos/gate.jpg'] },
      { reason: 'temporary', count: 1, examples: ['~$Budget.xlsx'] },
    ],
    closed: [],
    addedAt: at,
    scannedAt: at,
  }
}

type Known = readonly [name: string, folderId: string, below: string, changes: Partial<LibraryFile>]

const known: readonly Known[] = [
  ['Agreement with Kessel Point yard.docx', 'f-1', '2026/', { format: 'docx' }],
  ['Barrier, second year of works.pdf', 'f-2', '', { format: 'pdf' }],
  ['Budget 2027.xlsx', 'f-2', 'Money/', { format: 'xlsx', state: 'changed' }],
  ['Council presentation.pptx', 'f-2', '', { format: 'pptx' }],
  ['Dredging, volumes and tonnes.ods', 'f-2', 'Money/', { format: 'ods', state: 'reading', documentId: null }],
  ['Letters of the mussel growers.mbox', 'f-1', '', { format: 'mbox' }],
  ['Minutes of 3 September.docx', 'f-2', 'Minutes/', { format: 'docx' }],
  ['Minutes of 3 September (copy).docx', 'f-2', 'Minutes/', { format: 'docx', state: 'duplicate' }],
  ['Staffing plan.pdf', 'f-2', '', { state: 'failed', documentId: null }],
  ['Tide tables 2025.csv', 'f-2', 'Money/', { format: 'csv', state: 'missing' }],
  ['Welcome to the harbour.epub', 'f-1', '', { format: 'epub', state: 'waiting', documentId: null }],
]

const files: readonly LibraryFile[] = known.map(([name, folderId, below, changes], index) => ({
  id: `file-${index}`,
  folderId,
  name,
  path: `/home/kim/Documents/${folderId === 'f-1' ? 'Contracts' : 'Barrier'}/${below}${name}`,
  state: 'ready',
  failure: null,
  documentId: `document-${index}`,
  duplicateOf: null,
  format: null,
  bytes: 48_000,
  modifiedAt: at,
  addedAt: at,
  ...changes,
}))

const reasons: readonly Failure[] = [
  { code: 'document-encrypted', details: { name: 'Staffing plan.pdf' } },
  { code: 'document-corrupt', details: { name: 'Minutes of June.docx' } },
  { code: 'document-without-text', details: { name: 'Scans of the deeds.pdf', unit: 'page', total: 14 } },
]

const unread: readonly LibraryFile[] = reasons.map((failure, index) => {
  const name = 'name' in failure.details ? failure.details.name : ''
  return { ...file(8), id: `unread-${index}`, failure, name, path: `/home/kim/Documents/Barrier/${name}` }
})

function file(index: number): LibraryFile {
  const found = files[index]
  if (found === undefined) throw new Error(`there is no file ${index}`)
  return found
}

function hit(index: number, place: Pick<LibraryHit, 'locator'>, text: string, word: string): LibraryHit {
  const { id, folderId, path, state, name, format, documentId } = file(index)
  const start = text.indexOf(word)
  return {
    documentId: documentId ?? '',
    name,
    format: format ?? 'text',
    files: [{ id, folderId, path, state }],
    position: format === 'xlsx' ? 0 : index,
    kind: undefined,
    snippet: { text, marks: [{ start, end: start + word.length }] },
    ...place,
  }
}

const hits: readonly LibraryHit[] = [
  hit(
    1,
    { locator: { kind: 'page', page: 5, start: 0, end: 90 } },
    'The second gate will be towed from Kessel Point in April 2027, and the third in June.',
    'gate',
  ),
  hit(3, { locator: { kind: 'slide', slide: 4, part: 'notes' } }, 'Say here why the gate waits for neap tide.', 'gate'),
  hit(2, { locator: { kind: 'cells', sheet: 'Forecast', range: 'A1:C5' } }, 'Second gate 6.2 6.4', 'gate'),
  hit(
    5,
    { locator: { kind: 'message', index: 11, part: 'body' } },
    'Before the third gate comes we would like to know on which nights you work.',
    'gate',
  ),
]

const read: Partial<StateCounts> = { ready: 318, duplicate: 4, failed: 3, missing: 1 }

/** The library on which all states stand. */
const full: Answers = {
  'library.folders': () => [
    folder('f-2', 'Barrier', { ready: 212, failed: 3, missing: 1 }),
    folder('f-1', 'Contracts', { ready: 106, duplicate: 4 }),
  ],
  'library.status': () => ({ state: 'idle', files: { ...none, ...read }, segments: 48_210, reading: [] }),
  'library.list': ({ state, folderId, name }) => {
    const shown = (state === 'failed' ? unread : files).filter(
      (one) =>
        (folderId === undefined || one.folderId === folderId) &&
        (typeof name !== 'string' || one.name.toLowerCase().includes(name)),
    )
    return { files: [...shown], total: shown.length }
  },
  'library.search': () => ({ hits: [...hits], cursor: null }),
}

const workbook: DocumentRecord = {
  id: 'document-2',
  name: 'Budget 2027.xlsx',
  path: '/home/kim/Documents/Barrier/Money/Budget 2027.xlsx',
  sha256: '4f1c0b9e'.repeat(8),
  format: 'xlsx',
  bytes: 48_000,
  characters: 600,
  segments: 3,
  title: null,
  coverage: { unit: 'sheet', total: 2, read: 2, withoutText: [] },
  addedAt: at,
  openedAt: at,
}

const sheets: readonly Segment[] = [
  {
    kind: 'table',
    text: 'Item\tBudget\tForecast\nFirst gate\t6.0\t6.1\nSecond gate\t6.2\t6.4\nThird gate\t6.2\t6.4\nDredging\t9.1\t9.8',
    locator: { kind: 'cells', sheet: 'Forecast', range: 'A1:C5' },
  },
  {
    kind: 'table',
    text: 'Month\tPaid\nJanuary\t1.2\nFebruary\t0.9\nMarch\t2.4',
    locator: { kind: 'cells', sheet: 'Payments', range: 'A1:B4' },
  },
  {
    kind: 'table',
    text: 'Owed at the end of March\t3.1',
    locator: { kind: 'cells', sheet: 'Payments', range: 'A8:B8' },
  },
]

/** A workbook opened from a hit. */
const opened: Answers = {
  ...full,
  'documents.open': () => workbook,
  'documents.segments': () => [...sheets],
  'summaries.list': () => [],
  'summaries.gist': () => [
    { text: 'Second gate 6.2 6.4', locators: [{ kind: 'cells', sheet: 'Forecast', range: 'A1:C5' }], score: 1 },
  ],
}

/** All states of the library. */
export function libraryStates(): readonly RoomState[] {
  return [
    { name: 'library-full', hash: '#/documents/library', answers: full },
    {
      name: 'library-busy',
      hash: '#/documents/library:in:f-2',
      answers: {
        ...full,
        'library.status': () => ({
          state: 'reading',
          files: { ...none, ...read, waiting: 801, reading: 2 },
          segments: 48_210,
          reading: [{ fileId: 'file-4', name: 'Dredging, volumes and tonnes.ods' }],
        }),
      },
    },
    { name: 'library-failing', hash: '#/documents/library:unread', answers: full },
    {
      name: 'library-search',
      hash: '#/documents/library',
      answers: full,
      async act(page, say) {
        await page.getByRole('searchbox', { name: say('library.search.label') }).fill('gate')
        await page.getByRole('listbox', { name: say('library.search.hits') }).waitFor()
      },
    },
    {
      name: 'library-source',
      hash: '#/documents/library',
      answers: opened,
      async act(page, say) {
        await page.getByRole('searchbox', { name: say('library.search.label') }).fill('gate')
        await page.getByRole('option').filter({ hasText: workbook.name }).click()
        await page.locator('aside mark').first().waitFor()
      },
    },
    {
      name: 'library-add',
      hash: '#/documents/library',
      answers: full,
      async act(page, say) {
        await page
          .getByRole('button', { name: say('library.add.open'), exact: true })
          .first()
          .click()
        await page.getByRole('dialog').waitFor()
      },
    },
  ]
}
