// The page for IT departments names every key of the policy with its default, and no other; its example is a policy.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { settingSchemas } from '#contract/setting.ts'
import { noPolicy, policySchema } from '../../../main/policy/schema.ts'

const page = readFileSync(path.resolve(import.meta.dirname, '../../../docs/policy.md'), 'utf8')

/** The first and third cell of every row of the table below a heading. */
function rows(heading: string): ReadonlyMap<string, string> {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? ''
  const lines = section.split('\n').filter((line) => line.startsWith('| `'))
  return new Map(
    lines.map((line) => {
      const cells = line.split('|').map((cell) => cell.trim().replaceAll('`', ''))
      return [cells[1] ?? '', cells[3] ?? '']
    }),
  )
}

test('settings: every one, with its default', () => {
  const wanted = Object.entries(settingSchemas).map(([key, schema]) => [key, JSON.stringify(schema.parse(undefined))])
  expect([...rows('Locked and recommended settings')]).toEqual(wanted)
})

test('everything else: every key of the schema, with its default where it has one', () => {
  const { organisation, cloud, models, settings: _settings, recommended: _recommended, ...plain } = policySchema.shape
  const groups = {
    organisation: organisation.unwrap().shape,
    cloud: cloud.unwrap().shape,
    models: models.unwrap().shape,
  }
  const nested = Object.entries(groups).flatMap(([group, shape]) => Object.keys(shape).map((key) => `${group}.${key}`))
  const described = rows('Everything else')
  expect([...described.keys()].sort()).toEqual([...Object.keys(plain), ...nested].sort())
  const defaults = { ...noPolicy, 'cloud.retention': noPolicy.cloud.retention, 'cloud.prices': noPolicy.cloud.prices }
  for (const [key, value] of Object.entries(defaults)) {
    if (key === 'version' || !described.has(key)) continue
    expect([key, described.get(key)]).toEqual([key, JSON.stringify(value)])
  }
})

test('the example is a policy', () => {
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? ''
  expect(policySchema.safeParse(JSON.parse(example)).success).toBe(true)
})
