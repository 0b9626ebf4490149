// An export as one HTML file: no script, nothing remote, both themes, and a style for paper.
import type { Block, ExportPage, Run, Version } from './exportPage.ts'

/** A whole file; a policy in it forbids everything but its own style. */
export function htmlOf(page: ExportPage): string {
  const { language, title, description } = page
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escaped(description)}">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${page.blocks.map(blockOf).join('\n')}
</main>
</body>
</html>
`
}

/** The body alone without style, for pasting into another program; a spreadsheet must find no formula in it. */
export function richTextOf({ blocks, language }: ExportPage): string {
  return `<div lang="${language}">${blocks.map(blockOf).join('\n').replace(formula, "$1'")}</div>`
}

/** Where the text of a block begins with a sign that a spreadsheet obeys; all foreign `<` are escaped by then. */
const formula = /(<(?:p|li|blockquote|h\d|dt|dd)\b[^>]*>\s*(?:<[^>]+>\s*)*)(?=[=+@]|-\S)/g

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p${block.tone === 'plain' ? '' : ` class="${block.tone}"`}>${runsOf(block.runs)}</p>`
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${runsOf(item)}</li>`).join('\n')}\n</ul>`
    case 'facts':
      return `<dl>\n${block.rows
        .map(({ term, value, code }) => {
          const text = escaped(value)
          return `<dt>${escaped(term)}</dt><dd>${code ? `<code>${text}</code>` : text}</dd>`
        })
        .join('\n')}\n</dl>`
    case 'versions': {
      const sides = [versionOf(block.before), versionOf(block.after)].join('')
      return `<section class="change"><h3>${escaped(block.title)}</h3><div class="versions">${sides}</div></section>`
    }
    case 'passage':
      return `<div class="passage" id="passage-${block.number}"><p class="place"><b>[${block.number}]</b> ${escaped(block.place)}</p><blockquote>${escaped(block.text)}</blockquote></div>`
  }
}

function versionOf(version: Version | null): string {
  if (version === null) return ''
  return `<div><p class="place">${escaped(version.label)}</p><blockquote>${runsOf(version.runs)}</blockquote></div>`
}

function runsOf(runs: readonly Run[]): string {
  return runs.map(runOf).join('')
}

function runOf(run: Run): string {
  if (run.kind === 'citation') return `<sup><a href="#passage-${run.number}">[${run.number}]</a></sup>`
  const text = escaped(run.text)
  switch (run.mark) {
    case 'plain':
      return text
    case 'strong':
      return `<b>${text}</b>`
    case 'quiet':
      return `<i class="note">${text}</i>`
    case 'unsupported':
      return `<span class="unsupported">${text}</span>`
    case 'removed':
      return `<del>${text}</del>`
    case 'inserted':
      return `<ins>${text}</ins>`
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

const style = `
:root { --ink: #1c1b19; --quiet: #5c5850; --paper: #fdfcf9; --line: #d9d4c8; --wash: #f3f0e8; --in: #1f5c2e; --out: #8c2f23 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ebe7de; --quiet: #aaa498; --paper: #191816; --line: #3b3832; --wash: #23211e; --in: #93cf9f; --out: #eba195 }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 'Source Serif 4', 'Source Serif Pro', Georgia, serif }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.5rem 4rem }
h1, h2, h3 { line-height: 1.25; font-weight: 600; text-wrap: balance; overflow-wrap: break-word }
h1 { font-size: 1.75rem; margin: 0 0 .5rem }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line) }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem }
p, ul, dl, blockquote { margin: 0 0 .75rem; overflow-wrap: break-word }
ul { padding-left: 1.25rem }
li { margin-bottom: .35rem }
.quiet, .place, .note, dt { color: var(--quiet) }
.quiet, .place, dl { font-size: .875rem }
.note { font-size: .875em }
.warning { border-left: 3px solid var(--ink); padding-left: .75rem; font-weight: 600 }
.unsupported { text-decoration: underline wavy; text-decoration-thickness: 1px; text-underline-offset: 3px }
sup { line-height: 0; font-size: .7em }
a { color: inherit; text-decoration-thickness: 1px }
blockquote { padding: .5rem .75rem; background: var(--wash); white-space: pre-line }
.place { margin-bottom: .25rem }
.passage:target blockquote { outline: 2px solid var(--ink) }
.versions { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 0 1rem }
del { color: var(--out); text-decoration-thickness: 1px }
ins { color: var(--in); text-decoration-thickness: 1px; text-underline-offset: 2px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem }
dt { max-width: 16rem; overflow-wrap: anywhere }
dd { margin: 0; overflow-wrap: anywhere }
code { font: .8125rem/1.4 'JetBrains Mono', ui-monospace, monospace }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
@media print {
  :root { --ink: #000; --quiet: #444; --paper: #fff; --line: #bbb; --wash: #fff; --in: #000; --out: #000 }
  @page { margin: 20mm 18mm }
  body { font-size: 10.5pt }
  main { max-width: none; padding: 0 }
  h2, h3, .place { break-after: avoid }
  .passage, .change, li { break-inside: avoid }
  blockquote { border-left: 2px solid #bbb }
  a { text-decoration: none }
}
`
