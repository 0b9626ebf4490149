// An answer from documents as plain text: what it says, or that nothing says it, and the passages with their places.
import type { Passage, QuestionAnswer } from '#contract/question.ts'
import type { CommandContext } from './command.ts'
import { harmless, wrap } from './terminal.ts'
import { chips } from './words.ts'

const passagesShown = 3

/** Prints the answer, then quietly how it was found. */
export function printAnswer(context: CommandContext, answer: QuestionAnswer): void {
  const { terminal, translator } = context
  const { say } = translator
  const named = !('documentId' in answer.scope)
  terminal.print()
  if (answer.outcome === 'absent') {
    terminal.print(
      wrap(say(`cli.ask.${answer.absentBecause === 'nothing-read' ? 'nothing' : 'absent'}`), terminal.width),
    )
  } else if (answer.outcome === 'answered') {
    for (const { text, supported, locators } of answer.claims) {
      const places = supported ? chips(locators, translator) : say('cli.ask.unsupported')
      terminal.print(wrap(harmless(`${text} ${places}`), terminal.width, '  ', '  '))
    }
  }
  if (answer.outcome === 'passages') {
    terminal.print(terminal.strong(say('cli.ask.passages')))
    for (const passage of answer.passages.slice(0, passagesShown)) printPassage(context, passage, named)
  } else if (answer.outcome === 'absent' && answer.passages.length > 0) {
    terminal.print()
    terminal.print(terminal.strong(say('cli.ask.nearest')))
    for (const passage of answer.passages.slice(0, passagesShown)) printPassage(context, passage, named)
  }
  terminal.print()
  for (const line of footnotes(context, answer)) terminal.print(terminal.quiet(wrap(line, terminal.width, '  ')))
  terminal.print()
}

function printPassage({ terminal, translator }: CommandContext, passage: Passage, named: boolean): void {
  const { text, best, documentName, number } = passage
  const place = chips(best.locators, translator)
  const head = named ? `${documentName} ${place}` : place
  terminal.print(
    wrap(harmless(`${text.slice(best.start, best.end)} ${head}`), terminal.width, `  ${number}. `, '     '),
  )
}

function footnotes({ translator }: CommandContext, answer: QuestionAnswer): string[] {
  const { say } = translator
  const { lookedFor, missing, provenance, searched, outcome } = answer
  const { model, prompt } = provenance
  return [
    say('cli.ask.lookedFor', { words: lookedFor.join(', ') }),
    ...(answer.outcome === 'absent' && missing.length > 0
      ? [say('cli.ask.missing', { words: missing.join(', ') })]
      : []),
    ...(searched.waiting > 0 ? [say('cli.ask.waiting', { count: searched.waiting })] : []),
    model === null || prompt === null
      ? say(outcome === 'passages' ? 'cli.ask.onlyPassages' : 'cli.ask.noModel')
      : say('cli.ask.provenance', { model: model.name, prompt: prompt.id, version: prompt.version }),
  ].map(harmless)
}
