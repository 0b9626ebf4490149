// The words of these rooms: the same keys in both languages, and a word for every code a room can meet.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { rewriteStyle } from '#contract/chat.ts'
import { proposalReason, providerKind, selfTestWay } from '#contract/cloud.ts'
import {
  cloudTaskKind,
  consentScope,
  draftPart,
  draftState,
  outsideReason,
  redactionClass,
} from '#contract/cloudDraft.ts'
import { consentReceipt } from '#contract/consent.ts'
import { egressPurpose, ledgerVerdict } from '#contract/ledger.ts'
import { engineState, gpuTest, modelRecord } from '#contract/model.ts'
import { settingSchemas } from '#contract/setting.ts'
import { keyPlace, systemInfo } from '#contract/system.ts'

const folder = path.resolve(import.meta.dirname, '..', '..', '..', '..', 'resources', 'locales', 'window')
const rooms = ['activity', 'settings', 'models', 'firstRun', 'consent', 'chat', 'shell'] as const

type Words = { readonly [key: string]: string | Words }

function words(room: string, language: string): Words {
  return JSON.parse(readFileSync(path.join(folder, `${room}.${language}.json`), 'utf8')) as Words // as: our own file
}

function flat(tree: Words, above = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${above}${key}`, value] as const] : flat(value, `${above}${key}.`),
  )
}

function below(room: string, key: string): readonly string[] {
  const found = key
    .split('.')
    .reduce<string | Words | undefined>(
      (tree, part) => (typeof tree === 'object' ? tree[part] : undefined),
      words(room, 'en'),
    )
  return Object.keys(found ?? {})
}

describe.each(rooms)('%s', (room) => {
  const english = flat(words(room, 'en'))
  const german = new Map(flat(words(room, 'de')))

  test('says everything in both languages', () => {
    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort())
    expect([...german.values(), ...english.map(([, value]) => value)].filter((value) => value.trim() === '')).toEqual(
      [],
    )
  })

  test('fills the same places', () => {
    const places = (text: string | undefined) => [...(text ?? '').matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort()
    expect(english.map(([key]) => [key, places(german.get(key))])).toEqual(
      english.map(([key, value]) => [key, places(value)]),
    )
  })
})

const broken = ledgerVerdict.shape.broken.unwrap().shape.reason.options
const readyFallback = engineState.options[2].shape.fallback.unwrap().options

test.each([
  ['activity', 'purpose', egressPurpose.options],
  ['activity', 'chain.brokenWhat', broken],
  ['activity', 'result.refused', ['purpose', 'host', 'scheme', 'redirect', 'method', 'address']],
  ['activity', 'result.by', ['setting', 'policy', 'environment']],
  ['activity', 'result.decision', consentReceipt.shape.event.options],
  ['activity', 'receipts.event', consentReceipt.shape.event.options],
  ['activity', 'receipts.kind', cloudTaskKind.options],
  ['activity', 'receipts.scope', consentScope.options],
  ['activity', 'selfTest.way', selfTestWay.shape.way.options],
  ['activity', 'selfTest.outcome', selfTestWay.shape.outcome.options],
  ['chat', 'proposal.reason', proposalReason.options],
  ['chat', 'receipt.scopes', consentScope.options],
  ['chat', 'rewrite.way', rewriteStyle.options],
  ['consent', 'class', redactionClass.options],
  ['consent', 'retention', [...providerKind.options, 'unknown']],
  ['consent', 'state', draftState.options],
  ['consent', 'text.kind', draftPart.shape.kind.options],
  ['consent', 'title', [...cloudTaskKind.options, 'read']],
  ['consent', 'outside', [...outsideReason.options, 'title']],
  ['consent', 'decide.send', consentScope.options],
  ['consent', 'decide.next', consentScope.options],
  ['models', 'engine.fallback', readyFallback],
  ['models', 'gpu.backend', gpuTest.shape.backend.options],
  ['models', 'gpu.outcome', gpuTest.shape.outcome.options],
  ['models', 'linked', [...modelRecord.shape.summaryMode.options, 'where']],
  ['settings', 'theme', ['label', ...settingSchemas.theme.unwrap().options]],
  ['settings', 'language', ['label', ...settingSchemas.language.unwrap().options]],
  ['settings', 'key', ['label', ...keyPlace.options]],
  ['settings', 'about.host', systemInfo.shape.host.options],
])('%s has words for every %s', (room, key, codes) => {
  expect([...below(room, key)].sort()).toEqual([...codes].sort())
})

test('every state of a chat template has words', () => {
  expect(below('models', 'wrapper')).toEqual(expect.arrayContaining([...modelRecord.shape.chatWrapper.options]))
})
