// Watches the reader processes below a program: how much memory each held at most and how long it ran. Linux only.
import { readdirSync, readFileSync } from 'node:fs'

/** One reader process. `file` is what it was allowed to read; times in milliseconds, to the interval of the watch. */
export type WatchedReader = { readonly file: string; readonly peakMebibytes: number; readonly milliseconds: number }

type Seen = { readonly file: string; readonly begun: number; peakMebibytes: number; last: number }

const intervalMilliseconds = 25
const entry = 'documents/reader/entry.ts'

/** Looks below process `ancestor` every 25 ms until `end` is called, which answers every reader seen. */
export function watchReaders(ancestor: number): { end(): readonly WatchedReader[] } {
  const seen = new Map<number, Seen>()
  const timer = setInterval(() => {
    for (const pid of readersBelow(ancestor)) look(pid, seen)
  }, intervalMilliseconds)
  return {
    end() {
      clearInterval(timer)
      return [...seen.values()].map(({ file, peakMebibytes, begun, last }) => ({
        file,
        peakMebibytes,
        milliseconds: last - begun,
      }))
    },
  }
}

/** The kernel keeps the highest mark itself, so a peak between two looks is not missed. */
function look(pid: number, seen: Map<number, Seen>): void {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1]
  if (peak === undefined) return
  const now = performance.now()
  const reader = seen.get(pid) ?? { file: fileOf(pid), begun: now, peakMebibytes: 0, last: now }
  reader.peakMebibytes = Math.max(reader.peakMebibytes, Number(peak) / 1024)
  reader.last = now
  seen.set(pid, reader)
}

/** Children of children: the launcher starts the app, and the app its readers. */
function readersBelow(ancestor: number): readonly number[] {
  return childrenOf(ancestor).flatMap((pid) => {
    const isReader = read(`/proc/${pid}/cmdline`).includes(entry)
    return isReader ? [pid] : readersBelow(pid)
  })
}

/** Per thread, for the kernel lists a child with the thread that started it. */
function childrenOf(pid: number): readonly number[] {
  try {
    const lists = readdirSync(`/proc/${pid}/task`).map((thread) => read(`/proc/${pid}/task/${thread}/children`))
    return lists.flatMap((list) => list.split(' ').filter((word) => word !== '').map(Number)) // prettier-ignore
  } catch {
    return []
  }
}

/** The last file its permissions name is the document; the ones before are code. */
function fileOf(pid: number): string {
  const words = read(`/proc/${pid}/cmdline`).split('\0')
  const files = words.filter((word) => word.startsWith('--allow-fs-read='))
  return files.at(-1)?.replace('--allow-fs-read=', '') ?? ''
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
