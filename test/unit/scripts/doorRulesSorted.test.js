// Every import rule is sorted into ways out and the order of the house, so that a report for an auditor names it rightly.
import { expect, test } from 'vitest'
import rules from '../../../.dependency-cruiser.cjs'
import { keepsAWayShut } from '../../../scripts/doorRules.ts'

test('every rule of the configuration is sorted: a new one is to be named here or among the order of the house', () => {
  const names = rules.forbidden.map(({ name }) => name).filter((name) => !/-only-in-/.test(name))
  expect([...new Set(names.filter(keepsAWayShut))].sort()).toEqual([
    'app-and-rpc-are-seen-from-hosts',
    'children-take-seams-as-types',
    'code-comes-in-by-import',
    'contract-is-a-leaf',
    'every-import-resolves',
    'folders-are-watched-in-the-reader',
    'hosts-are-the-top',
    'hosts-do-not-see-each-other',
    'hosts-see-app-and-rpc',
    'islands-are-not-imported',
    'logic-is-pure',
    'logic-takes-the-contract-as-types',
    'network-only-at-the-door',
    'preload-is-thin',
    'processes-start-in-hosts',
    'redaction-never-leaves',
    'renderer-has-no-node',
    'renderer-sees-only-the-boundary',
    'renderer-takes-the-contract-as-types',
    'rpc-does-not-see-the-app',
    'shipped-code-needs-no-tests',
    'shipped-code-takes-declared-packages',
    'the-cloud-has-two-callers',
    'the-door-has-two-users',
    'the-engine-is-an-island',
    'the-reader-is-an-island',
    'threads-start-in-storage',
    'zod-free-stays-zod-free',
  ])
})
