// The static scan of the code with Electron's rights: nothing is left open, no reason is stale, and the scan does find.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerPage } from '../../main/hosts/electron/appProtocol.ts'
import { pageFile } from '../../main/hosts/node/windowPage.ts'
import { isOfSecondTool, reasons } from '../../scripts/packaging/securityFindings.ts'
import { judge, scanWithLint, type Finding } from '../../scripts/packaging/securityScan.ts'
import { checkout } from './standIn.ts'

const finding: Finding = { level: 'warning', rule: 'r', file: 'f.ts', line: 3, text: 'open(path)' }

describe('the scan', () => {
  it('leaves nothing open above a note', async () => {
    const { files, findings } = await scanWithLint(checkout)
    const judged = judge(
      findings,
      reasons.filter((reason) => !isOfSecondTool(reason)),
    )
    expect(files).toBeGreaterThan(30)
    expect(judged.open).toEqual([])
    expect(judged.stale).toEqual([])
  })

  it('finds what is bad, whatever comments say', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-scan-'))
    try {
      const host = join(folder, 'main', 'hosts', 'electron')
      for (const made of [host, join(folder, 'main', 'hosts', 'node'), join(folder, 'preload')])
        mkdirSync(made, { recursive: true })
      symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'), 'junction')
      writeFileSync(join(folder, 'main', 'hosts', 'node', 'good.ts'), 'export const good = 1\n')
      writeFileSync(join(folder, 'preload', 'good.ts'), 'export const good = 1\n')
      writeFileSync(
        join(host, 'bad.ts'),
        '/* eslint-disable */\nexport function bad(text: string): void {\n  eval(text)\n}\n',
      )
      const { findings } = await scanWithLint(folder)
      expect(findings).toEqual([
        {
          level: 'error',
          rule: 'security/detect-eval-with-expression',
          file: 'main/hosts/electron/bad.ts',
          line: 3,
          text: 'eval(text)',
        },
      ])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('judge', () => {
  const reason = { rule: 'r', file: 'f.ts', code: 'open(', reason: 'because' }

  it('lets a reason answer its finding only', () => {
    expect(judge([finding], [reason])).toEqual({ open: [], answered: [finding], stale: [] })
    const elsewhere = { ...finding, file: 'g.ts' }
    expect(judge([elsewhere], [reason])).toEqual({ open: [elsewhere], answered: [], stale: [reason] })
  })

  it('asks no reason of a note', () => {
    expect(judge([{ ...finding, level: 'note' }], [])).toEqual({ open: [], answered: [], stale: [] })
  })
})

describe('the expressions that were called unsafe', () => {
  // One that goes back and forth would not come to its end on these.
  it('reads a path of 200,000 characters', () => {
    expect(pageFile('/root', `/${'a'.repeat(200_000)}!`)).toBeNull()
    expect(pageFile('/root', `${'/a'.repeat(100_000)}!`)).toBeNull()
  })

  it('reads an address of 200,000 characters', async () => {
    const source = { root: '/somewhere', read: async () => null, newNonce: () => 'nonce' }
    const { status } = await answerPage(source, 'GET', `app://sotto/${'?#'.repeat(100_000)}\n!`)
    expect(status).toBe(404)
  })
})
