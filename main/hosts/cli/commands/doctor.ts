// `sotto doctor`: every part that matters, one line each.
import path from 'node:path'
import type { DoctorCheck } from '#contract/system.ts'
import { valuesInWords } from '../../../../preload/failureValues.ts'
import type { Translator } from '../../node/translator.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Prepared,
} from '../command.ts'
import { wrap } from '../terminal.ts'
import { writeBundle } from './doctorBundle.ts'
import { measureModels } from './doctorMeasure.ts'

const marks: Readonly<Record<DoctorCheck['state'], string>> = { ok: '✓', note: '·', problem: '✗' }

/** Reads the arguments of `doctor`. Measuring keeps its results, so it needs the data folder to itself. */
export function doctorCommand({ positionals, own, cwd }: Given): Prepared {
  const [extra] = positionals
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const { bundle, measure } = own
  if (typeof bundle === 'string') {
    if (path.extname(bundle) !== '.json') return wrong('optionValue', { option: '--bundle', value: bundle })
    const file = path.resolve(cwd, bundle)
    return { place: { folder: 'always', mode: 'beside' }, run: (context) => writeBundle(context, file) }
  }
  if (measure === true) return { place: { folder: 'always', mode: 'own' }, run: measureModels }
  return { place: { folder: 'always', mode: 'beside' }, run: doctor }
}

async function doctor(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, json, signal } = context
  terminal.progress(translator.say('cli.progress.doctor'))
  const report = await client.call('system.doctor', {}, { signal })
  terminal.clearProgress()
  if (!report.ok) return failed(report.failure)
  if (signal.aborted) return stopped
  if (json) await printJson(context, report.value)
  else print(context, report.value)
  return report.value.some((check) => check.state === 'problem') ? { kind: 'reported' } : done
}

function print({ terminal, translator }: CommandContext, checks: readonly DoctorCheck[]): void {
  const { say } = translator
  const names = checks.map((check) => say(`doctor.${check.id}.name`))
  const widest = Math.max(...names.map((name) => name.length))
  terminal.print(terminal.strong(say('doctor.title')))
  terminal.print()
  for (const [index, check] of checks.entries()) {
    const head = `${marks[check.state]} ${(names[index] ?? '').padEnd(widest)}  `
    terminal.print(wrap(sentence(check, translator), terminal.width, head, ' '.repeat(head.length)))
    if (check.failure === null) continue
    const next = say('cli.nextStep', { nextStep: translator.failure(check.failure).nextStep })
    terminal.print(wrap(next, terminal.width, ' '.repeat(head.length)))
  }
  terminal.print()
  const problems = checks.filter((check) => check.state === 'problem').length
  const notes = checks.some((check) => check.state === 'note')
  terminal.print(
    problems > 0 ? say('cli.doctor.problems', { count: problems }) : say(`cli.doctor.${notes ? 'notes' : 'well'}`),
  )
}

/** What one check found. */
export function sentence({ id, state, details, failure }: DoctorCheck, translator: Translator): string {
  if (failure !== null) return translator.failure(failure).message
  return translator.say(`doctor.${id}.${state}`, valuesInWords(details, translator.language))
}

async function printJson({ terminal, translator }: CommandContext, checks: readonly DoctorCheck[]): Promise<void> {
  const { doctorOutput } = await import('../output.ts')
  const shown = checks.map((check) => ({
    ...check,
    message: sentence(check, translator),
    failure: check.failure === null ? null : { code: check.failure.code, ...translator.failure(check.failure) },
  }))
  terminal.json(doctorOutput.parse({ checks: shown }))
}
