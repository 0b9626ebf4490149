// Every lint rule we chose catches its canary, exactly that one, and lets the good neighbours pass.
import { relative, sep } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { chosen, chosenTyped } from '../../eslint.config.js'
import {
  everywhere,
  inLogic,
  inTests,
  networkGlobals,
  processGlobals,
  processImports,
  worldGlobals,
} from '../../scripts/lint/restrictions.js'
import { byFile, canariesOf, canaryFolder, runInTree } from './canaryTree.js'

/** A finding as a canary line names it: the rule, and for restrictions which one. */
function nameOf({ ruleId, message }) {
  if (!ruleId?.startsWith('no-restricted-')) return ruleId ?? message
  const which = /\(([\w-]+)\)$/.exec(message)?.[1] ?? /'([\w:]+)'/.exec(message)?.[1]
  return `${ruleId} ${which}`
}

describe('lint rules', () => {
  let found

  beforeAll(async () => {
    const args = ['--config', '../../../eslint.config.js', '--format', 'json', '.']
    const report = JSON.parse(await runInTree('eslint/bin/eslint.js', args))
    const pairs = report.flatMap((file) =>
      file.messages.map((finding) => [relative(canaryFolder, file.filePath).split(sep).join('/'), nameOf(finding)]),
    )
    const canaries = canariesOf('lint')
    const others = new Set([...Object.keys(canariesOf('deps')), ...Object.keys(canariesOf('types'))])
    // Import canaries are one bare import; style is not their subject.
    found = byFile(pairs.filter(([file]) => file in canaries || !others.has(file)))
  })

  test('each canary breaks its rule and nothing else breaks any', () => {
    expect(found).toEqual(canariesOf('lint'))
  })

  test('every rule we chose has a canary', () => {
    const restrictions = [...everywhere, ...inLogic, ...inTests].map((entry) =>
      nameOf({ ruleId: 'no-restricted-syntax', ...entry }),
    )
    const globals = [...networkGlobals, ...worldGlobals, ...processGlobals].map(
      ({ name }) => `no-restricted-globals ${name}`,
    )
    const imports = processImports.map(({ name }) => `no-restricted-imports ${name}`)
    const rules = [
      ...Object.keys(chosen),
      ...Object.keys(chosenTyped),
      'local/no-literal-text',
      ...restrictions,
      ...globals,
      ...imports,
    ]
    const caught = Object.values(canariesOf('lint')).flat()
    expect(rules.filter((rule) => !caught.includes(rule))).toEqual([])
  })
})
