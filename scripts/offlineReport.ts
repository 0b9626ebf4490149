// The report of `npm run prove:offline`: its shape, and its words for people.

/** One layer of evidence, as numbered in docs/cloud.md. */
export type Layer = {
  readonly id: string
  readonly shows: string
  readonly verdict: 'passed' | 'failed' | 'left out'
  readonly seconds: number
  readonly evidence: readonly string[]
}

/** `passed`: every layer; `passed in part`: those that ran, others were left out. */
export type OfflineVerdict = 'passed' | 'passed in part' | 'failed'

/** All of it. `changed`: the checkout was not exactly `commit`. Hashes are SHA-256 hex; the machine has no name here. */
export type OfflineReport = {
  readonly verdict: OfflineVerdict
  readonly date: string
  readonly commit: string
  readonly changed: boolean
  readonly versions: Readonly<Record<string, string>>
  readonly machine: string
  readonly inputs: readonly { readonly path: string; readonly sha256: string }[]
  readonly layers: readonly Layer[]
}

const limits = [
  'L1 and L2 say nothing of machine code in a dependency; L5 and L6 cover it for the journey that was run.',
  'L5 shows that it works without a network, not that it never tries; L6 shows that it never tried here.',
  'L3 takes Electron by its programming interface where its binary is not there: that Electron obeys is then not shown.',
  'L4 is the browser that the browser host starts, without a screen; Electron has the same switches and stronger ones.',
  'The journey (L5, L6) is that of the command line; the window shares everything below it.',
  'L7 sends to a server on loopback; what a provider does with what it gets is not shown by any of this.',
]

/** What all layers together say; nothing that ran is no pass. */
export function verdictOf(layers: readonly Pick<Layer, 'verdict'>[]): OfflineVerdict {
  const ran = layers.filter(({ verdict }) => verdict !== 'left out')
  if (ran.length === 0 || ran.some(({ verdict }) => verdict === 'failed')) return 'failed'
  return ran.length === layers.length ? 'passed' : 'passed in part'
}

/** The report as Markdown. */
export function reportAsMarkdown({
  verdict,
  date,
  commit,
  changed,
  versions,
  machine,
  inputs,
  layers,
}: OfflineReport): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Sotto: what leaves this computer',
    '',
    `**Verdict: ${verdict}.** Each layer has its own below; a layer that was left out says why.`,
    '',
    `- Date: ${date}`,
    `- Commit: ${commit}${changed ? ', with changes that are not committed' : ''}`,
    `- Versions: ${used.join(', ')}`,
    `- Machine: ${machine}`,
    '',
    '| layer | shows | verdict | seconds |',
    '| ----- | ----- | ------- | ------- |',
    ...layers.map((layer) => `| ${layer.id} | ${layer.shows} | ${layer.verdict} | ${layer.seconds} |`),
    '',
    '## Inputs',
    '',
    ...inputs.map(({ path, sha256 }) => `- \`${path}\`: ${sha256}`),
    ...layers.flatMap(({ id, shows, evidence }) => ['', `## ${id}: ${shows}`, '', '```', ...evidence, '```']),
    '',
    '## To check this again',
    '',
    '- `sha256sum --check prove-offline.sha256` shows that this page and its JSON are as they were written.',
    '- The same commit checked out anew, set up as the README says, then `npm run prove:offline` repeats it; `-- L1` repeats one layer.',
    '- Hashes of outputs and traces differ from run to run where they hold times; hashes of inputs must not.',
    '',
    '## What this does not show',
    '',
    ...limits.map((line) => `- ${line}`),
    '',
  ].join('\n')
}
