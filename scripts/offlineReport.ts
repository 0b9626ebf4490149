// The report of `npm run prove:offline`: its shape, and its words for people.

/** One layer of evidence, as numbered in docs/cloud.md. */
export type Layer = {
  readonly id: string
  readonly shows: string
  readonly verdict: 'passed' | 'failed' | 'left out'
  readonly seconds: number
  readonly evidence: readonly string[]
}

/** All of it. `changed`: the checkout was not exactly `commit`. Hashes are SHA-256 hex; the machine has no name here. */
export type OfflineReport = {
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
  'L3 and L4 (requests of pages, and name resolution in Chromium) belong to the Electron window and are not part of this.',
  'The journey is that of the command line; the window shares everything below it.',
  'L7 sends to a server on loopback; what a provider does with what it gets is not shown by any of this.',
]

/** The report as Markdown. */
export function reportAsMarkdown({ date, commit, changed, versions, machine, inputs, layers }: OfflineReport): string {
  const used = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Sotto: what leaves this computer',
    '',
    `- Date: ${date}`,
    `- Commit: ${commit}${changed ? ', with changes that are not committed' : ''}`,
    `- Versions: ${used.join(', ')}`,
    `- Machine: ${machine}`,
    '',
    '| layer | shows | verdict | seconds |',
    '| ----- | ----- | ------- | ------- |',
    ...layers.map(({ id, shows, verdict, seconds }) => `| ${id} | ${shows} | ${verdict} | ${seconds} |`),
    '',
    '## Inputs',
    '',
    ...inputs.map(({ path, sha256 }) => `- \`${path}\`: ${sha256}`),
    ...layers.flatMap(({ id, shows, evidence }) => ['', `## ${id}: ${shows}`, '', '```', ...evidence, '```']),
    '',
    '## What this does not show',
    '',
    ...limits.map((line) => `- ${line}`),
    '',
  ].join('\n')
}
