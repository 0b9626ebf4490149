// Gives a host what the room states need: the sample in its library, summarized, and the first page behind it.
import path from 'node:path'
import { WebSocket } from 'ws'
import { createClient, type Client } from '#client'
import type { Library } from './roomStates.ts'
import type { RunningHost } from './runningHost.ts'

const sample = path.resolve(import.meta.dirname, '../../resources/samples/harbour-report.pdf')

/** Adds and summarizes the sample; throws the failure's code. */
export async function seedLibrary(host: RunningHost): Promise<Library> {
  const client = await connect(host)
  try {
    let documentId = ''
    for await (const item of client.stream('documents.add', { path: sample })) {
      if (item.type === 'added') documentId = item.document.id
    }
    const started = await client.call('summaries.start', { documentId, preset: 'brief' })
    if (!started.ok) throw new Error(started.failure.code)
    const { jobId } = started.value
    for await (const item of client.stream('summaries.follow', { jobId })) {
      if (item.type === 'finished') break
    }
    const set = await client.call('settings.set', { key: 'welcomed', value: true })
    if (!set.ok) throw new Error(set.failure.code)
    return { documentId, jobId }
  } finally {
    client.close()
  }
}

/** A client of the contract, let in by the door like a window; whoever asks for it closes it. */
export async function connect(host: RunningHost): Promise<Client> {
  const entered = await fetch(await host.address())
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket = new WebSocket(`${host.origin.replace('http', 'ws')}/frames`, {
    headers: { cookie, origin: host.origin },
  })
  const early: string[] = []
  let hear = (text: string): void => void early.push(text)
  socket.on('message', (data: Buffer) => hear(data.toString('utf8')))
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const client = createClient({
    post: (text) => socket.send(text),
    onFrame: (listener) => {
      hear = listener
      // The client listens from this turn on; what came before it is told in the next.
      queueMicrotask(() => early.splice(0).forEach(listener))
    },
    onClose: (listener) => void socket.on('close', () => listener()),
    close: () => socket.close(),
  })
  return client
}
