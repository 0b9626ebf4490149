// The library with real folders and real readers: what comes, goes, moves and changes on the disk is what is found.
import { appendFileSync, copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { LibraryRig, valueOf, type RigOptions } from '../fakes/libraryRig.ts'

let rig: LibraryRig | undefined
afterEach(() => rig?.close())

async function open(options: RigOptions = {}): Promise<LibraryRig> {
  return (rig = await LibraryRig.open(options)) // closed in `afterEach`
}

describe('a folder', { timeout: 120_000 }, () => {
  test('is read, searched, and opened at the passage', async () => {
    const rig = await open()
    rig.write('harbour.md', '# Harbour report\n\nThe tide comes at noon.\n\nThe harbour was closed in March.')
    rig.write('deep/er/note.txt', 'Frau Müller wohnt in der Goethestraße. 中国人民银行发布报告。')
    rig.write('deep/empty.txt', '')
    rig.write('picture.jpg', 'x')
    rig.write('node_modules/a/readme.md', 'never')
    rig.write('.hidden/a.md', 'never')
    await rig.add()
    const files = await rig.untilRead(3)
    expect(rig.states(files)).toEqual({
      'harbour.md': 'ready',
      'deep/er/note.txt': 'ready',
      'deep/empty.txt': 'file-empty',
    })
    const [folder] = valueOf(await rig.library.folders())
    expect(folder?.ignored.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { reason: 'hidden', count: 1, examples: ['.hidden'] },
      { reason: 'no-document', count: 1, examples: ['picture.jpg'] },
      { reason: 'program-folder', count: 1, examples: ['node_modules'] },
    ])
    for (const query of ['mueller', 'MÜLL', 'goethestrasse', '银行', '人民 müller']) {
      expect([query, await rig.find(query)]).toEqual([query, ['note.txt']])
    }
    const [hit] = valueOf(await rig.library.search({ query: 'harb closed', limit: 5, cursor: null })).hits
    expect(hit?.snippet).toEqual({
      text: 'The harbour was closed in March.',
      marks: [
        { start: 4, end: 11 },
        { start: 16, end: 22 },
      ],
    })
    const [passage] = valueOf(await rig.documents.segments(hit?.documentId ?? '', hit?.position ?? 0, 1))
    expect([passage?.text, passage?.locator]).toEqual(['The harbour was closed in March.', hit?.locator])
    expect(valueOf(await rig.documents.list())).toEqual([])
  })

  test('files that come, change, are renamed and go while it is watched', async () => {
    const rig = await open()
    const first = rig.write('one.txt', 'The first word is aardvark.')
    await rig.add()
    const [before] = await rig.untilRead(1)
    renameSync(first, path.join(rig.folder, 'uno.txt'))
    const [renamed] = await rig.until((files) => files.length === 1 && files[0]?.name === 'uno.txt')
    expect(renamed).toEqual({ ...before, name: 'uno.txt', path: path.join(rig.folder, 'uno.txt') })
    expect(await rig.find('aardvark')).toEqual(['uno.txt'])

    rig.write('sub/two.txt', 'Another one: buffalo.')
    await rig.until((files) => files.length === 2 && files.every(({ state }) => state === 'ready'))
    appendFileSync(path.join(rig.folder, 'uno.txt'), ' And a cheetah.')
    await rig.until((files) =>
      files.some(({ name, documentId }) => name === 'uno.txt' && documentId !== before?.documentId),
    )
    expect([await rig.find('cheetah'), await rig.find('aardvark'), await rig.find('buffalo')]).toEqual([
      ['uno.txt'],
      ['uno.txt'],
      ['two.txt'],
    ])
    rmSync(path.join(rig.folder, 'sub'), { recursive: true })
    const gone = await rig.until((files) => files.some(({ state }) => state === 'missing'))
    expect(rig.states(gone)).toEqual({ 'uno.txt': 'ready', 'sub/two.txt': 'missing' })
    expect(await rig.find('buffalo')).toEqual(['two.txt'])
  })

  test('one text for equal files, kept as long as one of them is there', async () => {
    const rig = await open()
    const original = rig.write('a.txt', 'Only a dromedary.')
    mkdirSync(path.join(rig.folder, 'b'))
    copyFileSync(original, path.join(rig.folder, 'b/copy.txt'))
    await rig.add()
    const files = await rig.untilRead(2)
    const [one, other] = files.toSorted((a, b) => a.state.localeCompare(b.state)).toReversed()
    expect([one?.state, other?.state, other?.duplicateOf]).toEqual(['ready', 'duplicate', one?.id])
    expect(other?.documentId).toBe(one?.documentId)
    expect(valueOf(await rig.library.status()).segments).toBe(1)
    expect(await rig.find('dromedary')).toHaveLength(1)
    expect(valueOf(await rig.library.remove({ fileId: one?.id ?? '' }))).toEqual({ documents: 0 })
    const left = valueOf(await rig.library.list({ from: 0, count: 9 })).files
    expect(left.map(({ state }) => state).toSorted()).toEqual(['excluded', 'ready'])
    expect(await rig.find('dromedary')).toEqual([other?.name])
  })

  test('links that go in circles, names that are no text, and things that are no files are passed by', async (context) => {
    if (process.platform !== 'linux') return context.skip('only Linux takes any bytes as a name')
    const rig = await open()
    rig.write('a.txt', 'elephant')
    symlinkSync(rig.folder, path.join(rig.folder, 'round'))
    symlinkSync('/etc/hostname', path.join(rig.folder, 'outside.txt'))
    writeFileSync(
      Buffer.concat([Buffer.from(`${rig.folder}/bad`), Buffer.from([0xff, 0xfe]), Buffer.from('.txt')]),
      'x',
    )
    await rig.add()
    expect(rig.states(await rig.untilRead(1))).toEqual({ 'a.txt': 'ready' })
    const [folder] = valueOf(await rig.library.folders())
    expect(Object.fromEntries((folder?.ignored ?? []).map(({ reason, count }) => [reason, count]))).toEqual({
      link: 2,
      name: 1,
    })
  })

  test('removed with its texts; what a person added stays, and what was taken out stays out', async () => {
    const rig = await open()
    rig.write('in/a.txt', 'flamingo')
    rig.write('in/b.txt', 'giraffe')
    const alone = rig.write('alone.txt', 'hippopotamus')
    const folderId = await rig.add('in')
    await rig.add('alone.txt')
    const files = await rig.untilRead(3)
    const taken = files.find(({ name }) => name === 'a.txt')
    await rig.library.remove({ fileId: taken?.id ?? '' })
    await rig.library.reread({ folderId })
    await rig.until((_, { state }) => state === 'idle')
    expect([await rig.find('flamingo'), await rig.find('giraffe')]).toEqual([[], ['b.txt']])
    expect(await rig.add('in/a.txt')).toBe(taken?.id)
    await rig.untilRead(3)
    expect(await rig.find('flamingo')).toEqual(['a.txt'])
    expect(valueOf(await rig.library.remove({ folderId }))).toEqual({ documents: 2 })
    const left = valueOf(await rig.library.list({ from: 0, count: 9 })).files
    expect(left.map(({ path: place, folderId: of }) => [place, of])).toEqual([[alone, null]])
    expect([await rig.find('giraffe'), await rig.find('hippopotamus')]).toEqual([[], ['alone.txt']])
    expect(valueOf(await rig.storage.all('SELECT id FROM documents'))).toHaveLength(1)
  })

  test('shares records with documents a person adds: one text, one entry, known to both', async () => {
    const rig = await open()
    const file = rig.write('shared.txt', 'iguana')
    await rig.add()
    const [read] = await rig.untilRead(1)
    const items = rig.documents.add({ path: file }, new AbortController().signal)
    for (let step = await items.next(); step.done !== true; step = await items.next()) continue
    expect(valueOf(await rig.documents.list()).map(({ id }) => id)).toEqual([read?.documentId])
    expect(valueOf(await rig.library.list({ from: 0, count: 9 })).total).toBe(1)
    await rig.documents.remove(read?.documentId ?? '')
    expect(rig.states(valueOf(await rig.library.list({ from: 0, count: 9 })).files)).toEqual({
      'shared.txt': 'excluded',
    })
    expect(await rig.find('iguana')).toEqual([])
  })

  test('looked through again by the clock where the system tells nothing', async () => {
    const rig = await open({ patience: { isPolled: true, rescan: 300 } })
    rig.write('a.txt', 'jaguar')
    await rig.add()
    await rig.untilRead(1)
    expect(valueOf(await rig.library.folders())[0]?.state).toBe('rescanned')
    rig.write('b.txt', 'kangaroo')
    await rig.until((files) => files.filter(({ state }) => state === 'ready').length === 2)
    expect(await rig.find('kangaroo')).toEqual(['b.txt'])
  })

  test('a folder around a known one takes it in', async () => {
    const rig = await open()
    rig.write('in/a.txt', 'lemur')
    const inner = await rig.add('in')
    const [before] = await rig.untilRead(1)
    const outer = await rig.add()
    await rig.untilRead(1)
    expect(outer).not.toBe(inner)
    const folders = valueOf(await rig.library.folders())
    expect(folders.map(({ id, files }) => [id, files.ready])).toEqual([[outer, 1]])
    expect(await rig.add('in')).toBe(outer)
    expect((await rig.untilRead(1))[0]).toEqual({ ...before, folderId: outer })
  })

  test('what cannot be added says why', async () => {
    const rig = await open()
    const signal = new AbortController().signal
    const codes = []
    for (const place of ['relative', path.join(rig.folder, 'no'), '/dev/null']) {
      const added = await rig.library.add(place, signal)
      codes.push(added.ok ? 'ok' : added.failure.code)
    }
    expect(codes).toEqual(['invalid-input', 'file-missing', 'file-not-regular'])
  })

  test('pausing keeps what waits, resuming reads it', async () => {
    const rig = await open()
    for (let number = 0; number < 6; number += 1) rig.write(`${number}.txt`, `word${number}`)
    expect(valueOf(await rig.library.pause()).state).toBe('paused')
    await rig.add()
    await rig.until((files, { files: counts }) => files.length === 6 && counts.waiting === 6)
    expect(valueOf(await rig.library.resume()).state).not.toBe('paused')
    await rig.untilRead(6)
    expect(await rig.find('word5')).toEqual(['5.txt'])
  })
})
