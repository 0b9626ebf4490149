// `sotto jobs`: everything that waits, rests or has ended, and what can be done with one of them.
import type { Job } from '#contract/job.ts'
import type { Result } from '#contract/result.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { textOption } from '../commandLine.ts'
import { harmless } from '../terminal.ts'
import { timeInWords } from '../words.ts'

const owner: Place = { folder: 'always', mode: 'own' }
const looker: Place = { folder: 'always', mode: 'beside' }
const actions = ['pause', 'resume', 'stop', 'remove'] as const
type Action = (typeof actions)[number]

/** Reads the arguments of `jobs`. */
export function jobsCommand({ own, positionals }: Given): Prepared {
  const [verb = 'list', jobId, extra] = positionals
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const answer = textOption(own, 'with')
  if (answer !== null && answer !== 'began' && answer !== 'chosen') {
    return wrong('optionValue', { option: '--with', value: answer })
  }
  if (verb === 'list') return jobId === undefined ? { place: looker, run: list } : wrong('tooMany', { value: jobId })
  const action = actions.find((known) => known === verb)
  if (action === undefined) return wrong('action', { value: verb })
  if (jobId === undefined) return wrong('missingJob')
  return { place: owner, run: (context) => act(context, action, jobId, answer) }
}

async function list(context: CommandContext): Promise<Outcome> {
  const jobs = await context.client.call('jobs.list', {})
  if (!jobs.ok) return failed(jobs.failure)
  await print(context, jobs.value)
  return done
}

async function act(
  context: CommandContext,
  action: Action,
  jobId: string,
  answer: 'began' | 'chosen' | null,
): Promise<Outcome> {
  const { client } = context
  if (action === 'remove') {
    const removed = await client.call('jobs.remove', { jobId })
    return removed.ok ? done : failed(removed.failure)
  }
  if (action === 'resume') return resume(context, jobId, answer)
  const job =
    action === 'pause' ? await client.call('jobs.pause', { jobId }) : await client.call('jobs.stop', { jobId })
  if (!job.ok) return failed(job.failure)
  await print(context, [job.value])
  return done
}

/** Works until the job has ended: nobody else would. */
async function resume(context: CommandContext, jobId: string, answer: 'began' | 'chosen' | null): Promise<Outcome> {
  const { client, signal, terminal, translator } = context
  const ended = Promise.withResolvers<Result<Job> | null>()
  const look = (job: Job) => {
    if (job.id !== jobId) return
    terminal.progress(harmless(lineOf(job, context)))
    if (job.waitsFor === 'model-choice' && answer !== null) {
      void client.call('jobs.choose-model', { jobId, model: answer })
    } else if (job.waitsFor === 'model-choice' || !['queued', 'running'].includes(job.state)) {
      ended.resolve({ ok: true, value: job })
    }
  }
  const unhear = client.on('jobs.changed', look)
  const stop = () => ended.resolve(null)
  signal.addEventListener('abort', stop)
  const begun = await client.call('jobs.resume', { jobId })
  if (!begun.ok) ended.resolve(begun)
  const result = await ended.promise
  signal.removeEventListener('abort', stop)
  unhear()
  terminal.clearProgress()
  if (result === null) return stopped
  if (!result.ok) return failed(result.failure)
  const job = result.value
  if (job.modelChoice !== null) terminal.note(translator.say('cli.jobs.asks', { ...job.modelChoice }))
  await print(context, [job])
  return job.failure === null ? done : { kind: 'reported' }
}

async function print(context: CommandContext, jobs: readonly Job[]): Promise<void> {
  const { terminal, translator, json } = context
  if (json) {
    const { jobsOutput } = await import('../output.ts')
    terminal.json(jobsOutput.parse({ jobs: [...jobs] }))
    return
  }
  if (jobs.length === 0) terminal.print(translator.say('cli.jobs.none'))
  for (const job of jobs) {
    terminal.print(harmless(`${job.id}  ${lineOf(job, context)}`))
    if (job.failure !== null) terminal.print(harmless(`  ${translator.failure(job.failure).message}`))
  }
}

function lineOf(job: Job, { translator }: CommandContext): string {
  const { title, state, waitsFor, doneSteps, totalSteps, remainingMs } = job
  const { say } = translator
  const parts = [
    title,
    say(waitsFor === null || waitsFor === 'turn' ? `cli.jobs.state.${state}` : `cli.jobs.wait.${waitsFor}`),
  ]
  if (totalSteps > 0 && state !== 'done') parts.push(say('cli.progress.steps', { done: doneSteps, total: totalSteps }))
  if (remainingMs !== null) parts.push(say('cli.progress.left', { time: timeInWords(remainingMs, translator) }))
  return parts.join(' · ')
}
