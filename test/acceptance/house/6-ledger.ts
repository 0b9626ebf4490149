// Row: the ledger skeleton records every attempt and refusal, local-only refuses all, and an edited row is named.
import { createServer } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EgressGate } from '../../../main/egress/egressGate.ts'
import { Ledger } from '../../../main/egress/ledger.ts'
import { proxyFrom } from '../../../main/egress/logic/proxy.ts'
import { createNoLogger } from '../../../main/hosts/node/fileLogger.ts'
import { createNodeHost } from '../../../main/hosts/node/createNodeHost.ts'
import { openDataFolder, type DataFolder } from '../../../main/storage/dataFolder.ts'
import type { Evidence, Row } from '../row.ts'
import { sotto } from '../runSotto.ts'

export const row: Row = {
  name: 'ledger',
  doneWhen:
    'The ledger skeleton: every fetchPublic attempt and refusal recorded; with local-only on, all refused; editing a row ' +
    'makes sotto ledger verify name it.',
  fast: true,
  async run(evidence) {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-ledger-'))
    try {
      const recorded = await withFolder(folder, (data) => exercise(data, evidence))
      const before = await verdict(folder)
      evidence(`before: exit ${before.code}, intact ${before.intact}, ${before.entries} entries`)
      const edited = 3
      await withFolder(folder, (data) =>
        data.storage.run(`UPDATE ledger SET entry = replace(entry, 'refusal', 'outcome') WHERE seq = ?`, [edited]),
      )
      const after = await verdict(folder)
      evidence(`after editing entry ${edited}: exit ${after.code}: ${after.sentence}`)
      const named = after.code === 1 && new RegExp(`\\b${edited}\\b`).test(after.sentence)
      return recorded && before.intact && named ? 'green' : 'red'
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function withFolder<T>(folder: string, work: (data: DataFolder) => Promise<T>): Promise<T> {
  const host = await createNodeHost({ kind: 'cli', dataFolder: folder, mode: 'own', environment: process.env })
  const opened = await openDataFolder(host, 'own')
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    return await work(opened.value)
  } finally {
    await opened.value.close()
    await host.close()
  }
}

/** Five ways out: one allowed, one wrong host, one plain http, one under local-only, one with content. */
async function exercise(data: DataFolder, evidence: Evidence): Promise<boolean> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.end('header bytes')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // as: a listening TCP server has this address shape
  const state: { localOnly: 'setting' | null } = { localOnly: null }
  const ledger = new Ledger({
    storage: data.storage,
    ledgerKey: data.ledgerKey,
    appVersion: 'row',
    policySha256: null,
    now: () => new Date(),
    announce: () => undefined,
  })
  const gate = new EgressGate({
    ledger,
    localOnly: () => state.localOnly,
    allowedHosts: () => [`127.0.0.1:${port}`],
    proxy: proxyFrom({}),
    logger: createNoLogger(),
  })
  try {
    const signal = new AbortController().signal
    const options = { method: 'GET', signal } as const
    const good = await gate.fetchPublic('model-download', `http://127.0.0.1:${port}/model`, options)
    if (good.ok && good.value.outcome === 'response') for await (const _ of good.value.body);
    const host = await gate.fetchPublic('model-download', 'https://elsewhere.example/model', options)
    const scheme = await gate.fetchPublic('model-download', 'http://elsewhere.example/model', options)
    state.localOnly = 'setting'
    const closed = await gate.fetchPublic('model-download', `http://127.0.0.1:${port}/again`, options)
    const codes = [good, host, scheme, closed].map((result) => (result.ok ? 'ok' : result.failure.code))
    const entries = await ledger.list({ limit: 100 })
    const lines = entries.ok
      ? entries.value.toReversed().map((entry) => `${entry.seq} ${entry.event} ${entry.result}`)
      : []
    evidence(`answers: ${codes.join(', ')}; requests on the wire: ${requests.join(', ')}`)
    for (const line of lines) evidence(`  ${line}`)
    const events = entries.ok ? entries.value.map((entry) => entry.event) : []
    return (
      codes.join() === 'ok,egress-refused,egress-refused,local-only' &&
      requests.join() === '/model' &&
      events.filter((event) => event === 'attempt').length === 1 &&
      events.filter((event) => event === 'outcome').length === 1 &&
      events.filter((event) => event === 'refusal').length === 3
    )
  } finally {
    await gate.close()
    server.close()
  }
}

type VerdictOutput = {
  readonly code: number | null
  readonly intact: boolean
  readonly entries: number
  /** The CLI's sentence about a broken ledger. */
  readonly sentence: string
}

async function verdict(folder: string): Promise<VerdictOutput> {
  const run = await sotto(['ledger', 'verify', '--json', '--data', folder])
  const parsed = JSON.parse(run.stdout) as {
    readonly verdict?: { readonly intact: boolean; readonly entries: number }
    readonly failure?: { readonly code: string; readonly message: string }
  } // as: the row checks every field it uses
  return {
    code: run.code,
    intact: parsed.verdict?.intact ?? false,
    entries: parsed.verdict?.entries ?? 0,
    sentence: parsed.failure?.message ?? '',
  }
}
