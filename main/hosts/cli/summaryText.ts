// A summary as a page of plain text: gist first, then the sentences with their places, then how it was made.
import type { DocumentRecord } from '#contract/document.ts'
import type { Claim, GistSentence, Summary } from '#contract/summary.ts'
import type { Translator } from '../node/translator.ts'
import { wrap, type Terminal } from './terminal.ts'
import { chips, coverageInWords } from './words.ts'

/** Prints the document's title and its most central sentences. */
export function printGist(
  terminal: Terminal,
  translator: Translator,
  document: DocumentRecord,
  gist: readonly GistSentence[],
): void {
  const { unit, total } = document.coverage
  const size = `${total} ${translator.say(`cli.unit.${unit}`, { count: total })}`
  const title = document.title === null ? document.name : `${document.title} · ${document.name}`
  terminal.print()
  terminal.print(terminal.strong(wrap(`${title} · ${size}`, terminal.width)))
  if (gist.length === 0) return
  terminal.print()
  terminal.print(terminal.strong(translator.say('cli.summary.gist')))
  for (const { text, locators } of gist) {
    terminal.print(wrap(withPlaces(text, locators, translator), terminal.width, '  • ', '    '))
  }
}

/** Prints the summary, what was read, what could not be shown to be true, and how it was made. */
export function printSummary(terminal: Terminal, translator: Translator, summary: Summary): void {
  const { say } = translator
  terminal.print()
  terminal.print(terminal.strong(say(`cli.summary.${summary.preset}`)))
  const listed = summary.preset !== 'brief' && summary.preset !== 'detailed'
  for (const claim of summary.claims) {
    const text = `${withoutBullet(claim)}${markOf(claim)}`
    terminal.print(
      wrap(
        withPlaces(text, claim.locators, translator),
        terminal.width,
        listed ? '  • ' : '  ',
        listed ? '    ' : '  ',
      ),
    )
  }
  printContradictions(terminal, translator, summary)
  terminal.print()
  for (const line of footnotes(translator, summary)) terminal.print(terminal.quiet(wrap(line, terminal.width, '  ')))
  terminal.print()
}

/** What a claim that needs checking is marked with: what of it the passage does not have, where it is one thing. */
function markOf({ supported, notes = [] }: Claim): string {
  if (supported) return ''
  const said = [...new Set(notes.map((note) => note.said).filter((each) => each !== ''))]
  return said.length === 0 ? ' [?]' : ` [? ${said.join(', ')}]`
}

function printContradictions(terminal: Terminal, translator: Translator, { contradictions = [] }: Summary): void {
  if (contradictions.length === 0) return
  const { say } = translator
  terminal.print()
  terminal.print(terminal.strong(say('cli.summary.contradictions', { count: contradictions.length })))
  for (const { a, b } of contradictions) {
    terminal.print(wrap(withPlaces(a.text, a.locators, translator), terminal.width, '  • ', '    '))
    terminal.print(wrap(withPlaces(b.text, b.locators, translator), terminal.width, '  ↔ ', '    '))
  }
}

function footnotes(translator: Translator, { claims, coverage, droppedSentences, provenance }: Summary): string[] {
  const { say } = translator
  const unsupported = claims.filter((claim) => !claim.supported).length
  const lines = [coverageInWords(coverage, translator)]
  if (unsupported > 0) lines.push(say('cli.summary.unsupported', { count: unsupported }))
  if (droppedSentences > 0) lines.push(say('cli.summary.dropped', { count: droppedSentences }))
  const { model, prompt, seed, mode } = provenance
  lines.push(say(`cli.summary.${mode}`, { model: model.name, prompt: prompt.id, version: prompt.version, seed }))
  return lines
}

/** The model may have begun a point with a bullet of its own. */
function withoutBullet({ text }: Claim): string {
  return text.replace(/^\s*[-*•–]\s+/, '')
}

function withPlaces(text: string, locators: Claim['locators'], translator: Translator): string {
  const places = chips(locators, translator)
  // A chip keeps together with its neighbour word: a line that begins with one belongs to nothing.
  return places === '' ? text : `${text} ${places.replaceAll('. ', '.\u00a0')}`
}
