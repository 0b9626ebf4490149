// The app: opens the data folder, builds the rooms, brings back what a crash left behind, and ends everything in order.
import { basename, join } from 'node:path'
import type { Caller } from '#contract/define.ts'
import type { FramePort } from '#contract/frames.ts'
import { ok, type Result } from '#contract/result.ts'
import { buildRooms, type AppOptions, type Rooms } from './appRooms.ts'
import { Prices } from './cloud/prices.ts'
import { RecentEvents } from './diagnostics/recentEvents.ts'
import type { Host } from './host.ts'
import { readPolicy } from './policy/policyFile.ts'
import { PromptLibrary } from './prompts/promptLibrary.ts'
import { openDataFolder, type DataFolder } from './storage/dataFolder.ts'

/** A running app. */
export type App = {
  /** Serves one window, or the CLI, until its port closes; it is a window unless `caller` says otherwise. */
  attach(port: FramePort, caller?: Caller): void
  /** Tells the open windows of files a person opened with Sotto from outside, absolute. */
  offerFiles(files: readonly string[]): void
  /** True while work goes on that should not be cut by the last window closing. */
  busy(): Promise<boolean>
  /** Stops work keeping what is finished, ends every child, releases the data folder. Safe to repeat. */
  close(): Promise<void>
}

/** Opens the data folder and builds the app; fails with the data folder's codes. */
export async function createApp(given: Host, options: AppOptions): Promise<Result<App>> {
  const recent = new RecentEvents(given.logger, () => given.now())
  const host: Host = { ...given, logger: recent }
  const opened = await openDataFolder(host, options.mode)
  if (!opened.ok) return opened
  const folder = opened.value
  const policy = await readPolicy(host.paths.policy)
  const prompts = await PromptLibrary.load(join(host.paths.resources, 'prompts'))
  const prices = await Prices.load(host.paths.resources, policy.values.cloud.prices, host.logger)
  const rooms = buildRooms({ host, options, folder, policy, prompts, prices, recent })
  if (options.mode === 'own') {
    const recovered = await recover(rooms, options.resumeJobs)
    if (!recovered.ok) {
      await closeRooms(rooms, folder)
      return recovered
    }
  }
  return ok(runningApp(rooms, folder))
}

/** What a process that died left behind: cut answers become partial, cut jobs go on, and so does the library. */
async function recover(
  { cloud, chat, jobs, library, questions, downloads, sharedModels }: Rooms,
  resumeJobs: boolean,
): Promise<Result<unknown>> {
  const drafts = await cloud.recover()
  if (!drafts.ok) return drafts
  const answers = await chat.recover()
  if (!answers.ok) return answers
  const waiting = await downloads.recover(resumeJobs)
  if (!waiting.ok) return waiting
  const marked = await jobs.recover()
  if (!marked.ok) return marked
  const putBack = await library.recover()
  if (!putBack.ok || !resumeJobs) return putBack
  sharedModels.start()
  void questions.keepUp()
  const resumed = await jobs.resumeInterrupted()
  return resumed.ok ? library.start() : resumed
}

function runningApp(rooms: Rooms, folder: DataFolder): App {
  const closing: { done?: Promise<void> } = {}
  return {
    attach: (port, caller) => rooms.rpc.attach(port, caller),
    offerFiles: (files) =>
      rooms.rpc.announce('system.opened', { files: files.map((file) => ({ name: basename(file), path: file })) }),
    async busy() {
      if (rooms.chat.writing) return true
      const jobs = await rooms.jobs.list()
      return (
        jobs.ok &&
        jobs.value.some(
          ({ state, waitsFor }) => state === 'running' || (state === 'queued' && waitsFor !== 'model-choice'),
        )
      )
    },
    close: () => (closing.done ??= closeRooms(rooms, folder)),
  }
}

/** From the windows inwards: nobody asks, nothing works, nothing leaves, the folder is free. */
async function closeRooms(
  { rpc, machine, chat, jobs, library, questions, cloud, downloads, sharedModels, embedder, generator, gate }: Rooms,
  folder: DataFolder,
): Promise<void> {
  rpc.close()
  await machine.close()
  await chat.close()
  await jobs.close()
  await library.close()
  await questions.close()
  await downloads.close()
  await sharedModels.close()
  await cloud.close()
  await embedder.close()
  await generator.close()
  await gate.close()
  await folder.close()
}
