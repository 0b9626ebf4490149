// Who may ask for what: methods that read or write where their caller says are named here, each with its reason.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Caller } from '#contract/define.ts'
import type { ReplyFrame } from '#contract/frames.ts'
import { contract, type Method } from '#contract/index.ts'
import { createMemoryPorts } from '../../../main/hosts/node/memoryPorts.ts'
import { RpcServer } from '../../../main/rpc/rpcServer.ts'
import { createFakeHandlers } from '../../fakes/fakeHandlers.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'

/** Every method that takes a place of the file system, and why it is within reach of whom it is. */
const takesPlaces: Partial<Record<Method, readonly ['everyone' | 'command-line', string]>> = {
  'cloud.set-key': ['everyone', 'no place: a key, which may be as long as a path'],
  'documents.add': ['everyone', 'a person adds a file by its path; it is read as a document and shown as one'],
  'documents.extract': ['command-line', 'gives the text of any file and keeps no trace of it'],
  'library.add': ['everyone', 'a person adds a folder; it is listed, and only documents in it are read'],
  'library.walk': ['command-line', 'lists any folder and keeps no trace of it'],
  'models.import': ['everyone', 'a person links a model; the file is read as one and otherwise refused'],
  'models.pack': ['command-line', 'writes into a folder'],
  'models.verify-pack': ['command-line', 'reads any folder'],
  'models.install-pack': ['command-line', 'reads any folder'],
  'diagnostics.write-bundle': ['command-line', 'writes a file'],
}

const methods = Object.keys(contract) as Method[] // as: these are its keys

/** Names that sound like a place, and texts as long as a path may be. */
function takesPlace(schema: unknown, name = ''): boolean {
  if (typeof schema !== 'object' || schema === null) return false
  const { type, maxLength } = schema as { readonly type?: unknown; readonly maxLength?: unknown } // as: looked at below
  if (type === 'string' && (/(?:^|_)(?:path|folder|file|place|directory)$|Path$/i.test(name) || maxLength === 4096)) {
    return true
  }
  return Object.entries(schema).some(([key, value]) => takesPlace(value, key))
}

test('the walk sees a place however deep it lies, and no id', () => {
  const deep = z.union([z.strictObject({ a: z.array(z.strictObject({ path: z.string() })) }), z.string()])
  expect(takesPlace(z.toJSONSchema(deep))).toBe(true)
  expect(takesPlace(z.toJSONSchema(z.strictObject({ to: z.string().min(1).max(4096) })))).toBe(true)
  expect(takesPlace(z.toJSONSchema(z.strictObject({ folderId: z.string(), fileId: z.string() })))).toBe(false)
})

test('the methods that take a place are these, and within reach of these', () => {
  const found = methods.filter((method) => takesPlace(z.toJSONSchema(contract[method].input, { io: 'input' })))
  expect(Object.fromEntries(found.map((method) => [method, contract[method].reach]))).toEqual(
    Object.fromEntries(Object.entries(takesPlaces).map(([method, [reach]]) => [method, reach])),
  )
})

test('nothing else is kept from the window', () => {
  const kept = methods.filter((method) => contract[method].reach === 'command-line')
  expect(kept.filter((method) => takesPlaces[method]?.[0] !== 'command-line')).toEqual([])
})

const file = '/somewhere/a.txt'
const inputs: Partial<Record<Method, object>> = {
  'documents.extract': { path: file },
  'library.walk': { path: file },
  'models.pack': { modelIds: ['m1'], folder: file },
  'models.verify-pack': { folder: file },
  'models.install-pack': { folder: file, way: 'link' },
  'diagnostics.write-bundle': { sha256: '', path: file },
}

describe.each([
  { caller: undefined, code: 'command-line-only', asked: [] },
  { caller: 'window', code: 'command-line-only', asked: [] },
  // The handler throws, so it was reached.
  { caller: 'command-line', code: 'internal', asked: ['reached'] },
] as const)('a connection of $caller', ({ caller, code, asked }) => {
  test.each(methods.filter((method) => contract[method].reach === 'command-line'))(`%s: ${code}`, async (method) => {
    expect(await ask(method, caller)).toEqual({ code, asked })
  })
})

/** Asks over a connection of that caller; how it failed, and whether the handler heard of it. */
async function ask(method: Method, caller: Caller | undefined): Promise<{ code: string; asked: readonly string[] }> {
  const asked: string[] = []
  const handler = (): never => {
    asked.push('reached')
    throw new Error('reached')
  }
  const handlers = createFakeHandlers({ [method]: handler })
  const server = new RpcServer({ handlers, logger: createFakeLogger(), now: () => new Date(0) })
  const [near, far] = createMemoryPorts()
  const failed = Promise.withResolvers<string>()
  near.onFrame((text) => {
    const frame = JSON.parse(text) as ReplyFrame // as: our own server's
    if (frame.type === 'fail') failed.resolve(frame.failure.code)
  })
  server.attach(far, caller)
  near.post(JSON.stringify({ type: 'call', id: 1, method, input: inputs[method] }))
  const code = await failed.promise
  server.close()
  return { code, asked }
}
