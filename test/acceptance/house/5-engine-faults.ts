// Row: the engine killed, aborted and hung at load, at the first token and mid-stream, seen from the app and from inside.
import { readdirSync, readFileSync } from 'node:fs'
import { createClient, type Client } from '#client'
import { createApp } from '../../../main/app.ts'
import { createMemoryPorts } from '../../../main/hosts/node/memoryPorts.ts'
import { createNodeHost } from '../../../main/hosts/node/createNodeHost.ts'
import type { Evidence, Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'engine-faults',
  doneWhen:
    'The engine killed, aborted and hung at load, at first token and mid-stream: the app stays, the failure is coded, the ' +
    'next request works; no zombie remains.',
  async run(evidence) {
    const inside = await suite('hosts', ['engineFaults'], evidence)
    const app = await throughTheApp(evidence)
    return inside && app ? 'green' : 'red'
  },
}

/** The same through the app's own door: an answer cut by a dead engine, then the next one. */
async function throughTheApp(evidence: Evidence): Promise<boolean> {
  const host = await createNodeHost({ kind: 'cli', dataFolder: null, mode: 'own', environment: process.env })
  const app = await createApp(host, { mode: 'own', resumeJobs: false })
  if (!app.ok) throw new Error(app.failure.code)
  const [near, far] = createMemoryPorts()
  app.value.attach(far)
  const client = createClient(near)
  const verdicts: boolean[] = []
  try {
    for (const signal of ['SIGKILL', 'SIGABRT', 'SIGSTOP'] as const) {
      const cut = await answer(client, 'Summarize: ' + 'The crew repaired the pump before noon. '.repeat(30), signal)
      const next = await answer(client, 'hello', null)
      evidence(`${signal} in mid-answer: ${cut}; next request: ${next}; zombies: ${zombies()}`)
      verdicts.push(/^engine-(crashed|hung)$/.test(cut) && next === 'complete' && zombies() === 0)
    }
  } finally {
    client.close()
    await app.value.close()
    await host.close()
  }
  const left = engines().length
  evidence(`after closing: ${left} engines, ${zombies()} zombies`)
  return verdicts.every(Boolean) && left === 0 && zombies() === 0
}

/** How an answer ended: its reason, or the failure's code. With a signal, the engine gets it at the first sign of work. */
async function answer(client: Client, text: string, signal: NodeJS.Signals | null): Promise<string> {
  const conversation = await client.call('chat.create', {})
  if (!conversation.ok) return conversation.failure.code
  const items = client.stream('chat.send', { conversationId: conversation.value.id, text })
  let struck = false
  for (;;) {
    const next = await items.next()
    if (next.done === true) return next.value.ok ? 'no ending' : next.value.failure.code
    if (next.value.type === 'finished') return next.value.reason
    if (signal === null || struck || next.value.type === 'accepted') continue
    struck = true
    for (const engine of engines()) process.kill(engine, signal)
  }
}

type Process = { readonly pid: number; readonly state: string; readonly command: string }

function children(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
        if (Number(parent) !== process.pid) return []
        return [{ pid: Number(name), state: state ?? '', command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })
}

function engines(): readonly number[] {
  return children()
    .filter(({ command }) => command.includes('inference/process/entry'))
    .map(({ pid }) => pid)
}

function zombies(): number {
  return children().filter(({ state }) => state === 'Z').length
}
