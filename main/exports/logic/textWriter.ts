// An export as plain text, for the clipboard and for programs that take nothing else.
import type { Block, ExportPage, Run, Version } from './exportPage.ts'

/** The whole text; lines that a spreadsheet would take for a formula begin with an apostrophe. */
export function plainTextOf({ blocks }: ExportPage): string {
  const text = blocks.map(blockOf).join('\n\n')
  return `${text.split('\n').map(harmless).join('\n')}\n`
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 3
        ? block.text
        : `${block.text}\n${(block.level === 1 ? '=' : '-').repeat(Math.max(3, Math.min(60, block.text.length)))}`
    case 'paragraph':
      return runsOf(block.runs)
    case 'list':
      return block.items.map((item) => `• ${runsOf(item)}`).join('\n')
    case 'facts':
      return block.rows.map(({ term, value }) => `${term}: ${value}`).join('\n')
    case 'versions':
      return [block.title, versionOf(block.before), versionOf(block.after)].filter((part) => part !== '').join('\n')
    case 'passage':
      return `[${block.number}] ${block.place}\n${block.text}`
  }
}

function versionOf(version: Version | null): string {
  return version === null ? '' : `${version.label}: ${runsOf(version.runs)}`
}

function runsOf(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      if (run.kind === 'citation') return ` [${run.number}]`
      if (run.mark === 'removed') return `[−${run.text}−]`
      return run.mark === 'inserted' ? `[+${run.text}+]` : run.text
    })
    .join('')
}

/** The lines under our own headings are at least three signs long. */
function harmless(line: string): string {
  return /^\s*[=+\-@]/.test(line) && !/^(?:={3,60}|-{3,60})$/.test(line) ? `'${line}` : line
}
