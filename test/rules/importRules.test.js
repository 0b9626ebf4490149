// Every import rule catches its canary, exactly that one, and lets the good neighbours pass.
import { beforeAll, describe, expect, test } from 'vitest'
import config from '../../.dependency-cruiser.cjs'
import { byFile, canariesOf, expectations, runInTree } from './canaryTree.js'

describe('import rules', () => {
  let report

  beforeAll(async () => {
    const args = [
      '--config',
      '../../../.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'main',
      'preload',
      'renderer',
      'test',
    ]
    report = JSON.parse(await runInTree('dependency-cruiser/bin/dependency-cruiser.mjs', args))
  })

  test('each canary breaks its rule and nothing else breaks any', () => {
    const found = byFile(report.summary.violations.map((violation) => [violation.from, violation.rule.name]))
    expect(found).toEqual(canariesOf('deps'))
  })

  test('every file of the tree was read', () => {
    const seen = new Set(report.modules.map((module) => module.source))
    const missing = Object.keys(expectations('deps')).filter((file) => !file.startsWith('types/') && !seen.has(file))
    expect(missing).toEqual([])
  })

  test('every rule has a canary', () => {
    const rules = config.forbidden.map((rule) => rule.name)
    const caught = Object.values(canariesOf('deps')).flat()
    expect(rules.filter((rule) => !caught.includes(rule))).toEqual([])
    expect(rules.length).toBeGreaterThanOrEqual(36)
  })

  test('every rule is an error', () => {
    expect(config.forbidden.filter((rule) => rule.severity !== 'error')).toEqual([])
  })
})
