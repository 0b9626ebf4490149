// Sotto in real Electron, from the built app, with a data folder of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { buildElectron } from '../../scripts/buildElectron.ts'
import { findElectron, repository } from './electronBinary.ts'

/** A Sotto under test; `close` ends it and removes its folder. */
export type RunningElectron = {
  readonly app: ElectronApplication
  readonly page: Page
  readonly dataFolder: string
  /** Every line the page wrote to its console, and every error it threw. */
  readonly misdeeds: string[]
  close(): Promise<void>
}

/** Builds the app if it changed and starts it; throws where `findElectron` names no program. */
export async function startInElectron(words: readonly string[] = []): Promise<RunningElectron> {
  const found = findElectron()
  if ('missing' in found) throw new Error(found.missing)
  if (!buildElectron(repository, console.info)) throw new Error('the app could not be built')
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-in-electron-'))
  const dataFolder = path.join(folder, 'data')
  const { ELECTRON_RUN_AS_NODE: _node, ...environment } = process.env
  const app = await _electron.launch({
    executablePath: found.program,
    args: [path.join(repository, 'dist', 'app'), '--data', dataFolder, ...words],
    env: { ...definedOf(environment), HOME: folder, LANG: 'en_US.UTF-8', SOTTO_KEYSTORE: 'file' },
  })
  const page = await app.firstWindow()
  const misdeeds: string[] = []
  page.on('pageerror', (error) => misdeeds.push(error.message))
  page.on('console', (line) => misdeeds.push(line.text()))
  return {
    app,
    page,
    dataFolder,
    misdeeds,
    async close() {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
