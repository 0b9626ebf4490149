// Search in titles and texts, and an index that forgets what was removed.
import { expect, onTestFinished, test } from 'vitest'
import { openDataFolder } from '../../../main/storage/dataFolder.ts'
import { migrations } from '../../../main/storage/migrations/migrations.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'
import { exchange, makeChat, newConversation, value } from './chatFixture.ts'
import { answering } from './scriptedGenerator.ts'

async function found(service: Awaited<ReturnType<typeof makeChat>>['service'], query: string, limit = 30) {
  const hits = value(await service.search(query, limit))
  return hits.map(({ conversation, messageId, snippet }) => [conversation.title, messageId, snippet.text])
}

/** Rows of the index's own vocabulary, and whether index and texts agree. */
async function indexed(storage: Storage): Promise<unknown> {
  value(await storage.run("CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5vocab('search_index', 'row')"))
  value(await storage.run("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)"))
  return value(await storage.all<{ term: string }>('SELECT term FROM words ORDER BY term')).map(({ term }) => term)
}

test('titles come first, then messages; beginnings of words and letters without accents match', async () => {
  const { service, generator } = await makeChat()
  const first = await newConversation(service, 'Über den Hafen')
  generator.chat = answering('The crane stands idle.')
  const { person } = await exchange(service, first, 'Was ist mit dem Kran?')
  const second = await newConversation(service, 'Kräne')
  expect(await found(service, 'HAF uber')).toEqual([['Über den Hafen', null, 'Über den Hafen']])
  expect(await found(service, 'kran')).toEqual([
    ['Kräne', null, 'Kräne'],
    ['Über den Hafen', person, 'Was ist mit dem Kran?'],
  ])
  expect(await found(service, 'kran', 1)).toEqual([['Kräne', null, 'Kräne']])
  expect(await found(service, 'kran crane')).toEqual([])
  expect(await found(service, '"*')).toEqual([])
  expect(value(await service.search('idle', 30))[0]?.snippet).toEqual({
    text: 'The crane stands idle.',
    marks: [{ start: 17, end: 21 }],
  })
  value(await service.rename(second, 'Winden'))
  expect(await found(service, 'kran')).toEqual([['Über den Hafen', person, 'Was ist mit dem Kran?']])
  expect(await found(service, 'winden')).toEqual([['Winden', null, 'Winden']])
})

test('a long message gives a piece of itself around the match', async () => {
  const { service, generator } = await makeChat()
  const id = await newConversation(service, 'Long')
  generator.chat = answering('ok')
  await exchange(service, id, `${'lorem '.repeat(60)}the heron\n<b>signs</b> at dawn ${'ipsum '.repeat(60)}`)
  const snippet = value(await service.search('heron', 30))[0]?.snippet
  expect(snippet?.text).toMatch(/^….*the heron <b>signs<\/b> at dawn.*…$/)
  expect(snippet?.text.slice(snippet.marks[0]?.start, snippet.marks[0]?.end)).toBe('heron')
  expect(snippet?.text.length).toBeLessThan(140)
})

test('removing a conversation leaves no word of it in the index', async () => {
  const { service, storage, generator } = await makeChat()
  const kept = await newConversation(service, 'Kept')
  const gone = await newConversation(service, 'Secret')
  generator.chat = answering('alpha')
  await exchange(service, gone, 'canary')
  generator.chat = answering('beta')
  await exchange(service, kept, 'stays')
  expect(await indexed(storage)).toEqual(['alpha', 'beta', 'canary', 'kept', 'secret', 'stays'])
  value(await service.remove(gone))
  expect(await indexed(storage)).toEqual(['beta', 'kept', 'stays'])
  const pages = value(await storage.all<{ block: Uint8Array }>('SELECT block FROM search_index_data'))
  const bytes = Buffer.concat(pages.map(({ block }) => block)).toString('latin1')
  expect(['canary', 'alpha', 'secret'].filter((word) => bytes.includes(word))).toEqual([])
  expect(bytes).toContain('stays')
})

test('an answer is indexed when it ends, also one that a dead process left', async () => {
  const { service, storage } = await makeChat()
  const id = await newConversation(service, 'T')
  const insert = `INSERT INTO messages (id, conversation_id, parent_id, position, role, text, state, created_at)
    VALUES ('m', ?, NULL, 0, 'assistant', 'cut short', 'streaming', '2026-11-20T10:00:00.000Z')`
  value(await storage.run(insert, [id]))
  value(await storage.run("UPDATE messages SET text = 'cut short off' WHERE id = 'm'"))
  expect(await indexed(storage)).toEqual(['t'])
  value(await service.recover())
  expect(await indexed(storage)).toEqual(['cut', 'off', 'short', 't'])
})

test('an older database is indexed when it is migrated', async () => {
  const host = createFakeHost({ paths: { data: temporaryFolder(), resources: '', policy: null } })
  const older = value(
    await openDataFolder(host, 'own', { migrations: migrations.filter(({ id }) => id < '2026-11-20-search') }),
  )
  value(
    await older.storage.transaction([
      { sql: "INSERT INTO conversations VALUES ('c', 'Old title', 'start', 'm', NULL, 't', 't')" },
      {
        sql: "INSERT INTO messages VALUES ('m', 'c', NULL, 0, 'person', 'old words', 'complete', NULL, '[]', NULL, 't')",
      },
    ]),
  )
  await older.close()
  const { storage, close } = value(await openDataFolder(host, 'own'))
  onTestFinished(close)
  expect(await indexed(storage)).toEqual(['old', 'title', 'words'])
})
