// An export as Markdown (CommonMark with footnote-like numbers as plain links inside the file); all foreign text escaped.
import type { Block, ExportPage, Run, Version } from './exportPage.ts'

/** The whole file. Nothing a document says can become a heading, a link, an image, HTML or a table. */
export function markdownOf({ blocks }: ExportPage): string {
  return `${blocks.map(blockOf).join('\n\n')}\n`
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`
    case 'paragraph':
      return `${block.tone === 'warning' ? '> **!** ' : ''}${line(runsOf(block.runs))}`
    case 'list':
      return block.items.map((item) => `- ${line(runsOf(item))}`).join('\n')
    case 'facts':
      return block.rows
        .map(({ term, value, code }) => `- ${escaped(term)}: ${code ? codeOf(value) : escaped(value)}`)
        .join('\n')
    case 'versions':
      return [`**${escaped(block.title)}**`, versionOf(block.before), versionOf(block.after)]
        .filter((part) => part !== '')
        .join('\n\n')
    case 'passage':
      return `<a id="passage-${block.number}"></a>**[${block.number}]** ${escaped(block.place)}\n\n${quoted(escaped(block.text))}`
  }
}

function versionOf(version: Version | null): string {
  if (version === null) return ''
  return quoted(`${escaped(version.label)}\n\n${line(runsOf(version.runs))}`)
}

function runsOf(runs: readonly Run[]): string {
  return runs.map(runOf).join('')
}

function runOf(run: Run): string {
  if (run.kind === 'citation') return `&nbsp;[\\[${run.number}\\]](#passage-${run.number})`
  const text = escaped(run.text)
  const [, before = '', middle = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  if (middle === '') return text
  switch (run.mark) {
    case 'plain':
      return text
    case 'quiet':
    case 'unsupported':
      return `${before}*${middle}*${after}`
    case 'strong':
    case 'inserted':
      return `${before}**${middle}**${after}`
    case 'removed':
      return `${before}~~${middle}~~${after}`
  }
}

/** Text as text: every character that Markdown, HTML or a formula program would obey gets a backslash. */
function escaped(text: string): string {
  return text
    .replace(/\n+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~&$^!@]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}\\.`)
}

/** A line that begins like a list, a heading underline or a formula is kept from being one. */
function line(text: string): string {
  return text
    .trim()
    .replace(/^([-+=@])/, '\\$1')
    .replace(/^(\d{1,9})([.)])(?=\s)/, '$1\\$2')
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((each) => (each === '' ? '>' : `> ${line(each)}`))
    .join('\n')
}

function codeOf(value: string): string {
  return `\`${value.replace(/[`\n]/g, '')}\``
}
