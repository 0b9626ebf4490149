// Before the browser suite: a Chromium is found or its absence explained, and the window is built.
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildWindow } from '../../scripts/buildWindow.ts'
import { ensureChromium } from '../../scripts/systemPackages.mjs'

/** Called by vitest once; throws when the window cannot be built. */
export function setup(project: TestProject): void {
  const { path: chromium, reason } = ensureChromium()
  project.provide('chromium', chromium ?? '')
  project.provide('noChromium', chromium === undefined ? (reason ?? 'no Chromium was found') : '')
  const built = buildWindow(path.resolve(import.meta.dirname, '../..'), console.log)
  if (!built) throw new Error('the window could not be built')
}
