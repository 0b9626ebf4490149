// Every failure has its sentence and its next step in every language, and says nothing its details do not carry.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Failure, FailureCode, FailureDetails } from '#contract/failures.ts'
import { languages, type Language } from '#contract/language.ts'
import { failureOf } from '#contract/result.ts'
import { createTranslator } from '../../../main/hosts/node/translator.ts'

/** One example of each failure; the compiler keeps the table complete and its details right. */
const examples = {
  'invalid-input': { issues: ['from: invalid_type'] },
  'unknown-method': { method: 'documents.burn' },
  'command-line-only': { method: 'models.pack' },
  disconnected: {},
  'protocol-mismatch': { expected: 1, found: 2 },
  internal: { id: 'f-1' },
  'not-found': { what: 'document', id: 'd-1' },
  'file-missing': { name: 'a.pdf' },
  'file-unreadable': { name: 'a.pdf', reason: 'EACCES' },
  'file-exists': { name: 'a.json' },
  'file-unwritable': { name: 'a.json', reason: 'EACCES' },
  'file-not-regular': { name: 'folder' },
  'file-empty': { name: 'a.txt' },
  'file-too-large': { name: 'a.txt', bytes: 314_572_800, limitBytes: 209_715_200 },
  'format-unsupported': { name: 'a.exe', detected: 'binary' },
  'document-encrypted': { name: 'a.pdf' },
  'document-password-wrong': { name: 'a.pdf' },
  'document-protected': { name: 'a.epub' },
  'document-legacy': { name: 'a.doc', detected: 'doc', modern: 'docx' },
  'document-unsafe': { name: 'a.docx', reason: 'ratio' },
  'document-corrupt': { name: 'a.pdf' },
  'document-without-text': { name: 'a.pdf', unit: 'page', total: 12 },
  'document-too-long': { name: 'a.txt', limitCharacters: 50_000_000 },
  'document-changed': { name: 'a.txt' },
  'document-file-unknown': { name: 'plan.pdf' },
  'folder-unreadable': { name: 'Papers', reason: 'EACCES' },
  'folder-unreachable': { name: 'Papers', seconds: 60 },
  'reader-timeout': { name: 'a.pdf', seconds: 120 },
  'reader-out-of-memory': { name: 'a.pdf', limitMegabytes: 512 },
  'reader-crashed': { name: 'a.pdf' },
  'model-not-installed': {},
  'model-missing': { name: 'm' },
  'model-invalid': { name: 'm.gguf', reason: 'truncated' },
  'model-not-allowed': { name: 'm' },
  'model-left-out': { name: 'model', reason: 'projector' },
  'catalogue-refused': { reason: 'signature' },
  'pack-invalid': { name: 'pack', reason: 'wrong-hash' },
  'model-too-large': { name: 'm', neededBytes: 9_000_000_000, availableBytes: 4_000_000_000 },
  'pack-older': { created: '2026-11-01T10:00:00Z', newest: '2026-11-20T10:00:00Z' },
  'download-failed': { name: 'model.gguf', reason: 'not-found' },
  'licence-required': { name: 'Model', licence: 'Licence', url: 'https://example.org/licence' },
  'model-load-failed': { name: 'm' },
  'engine-crashed': {},
  'engine-hung': { seconds: 30 },
  'engine-unavailable': { restarts: 3, minutes: 5 },
  'engine-out-of-memory': {},
  'machine-busy': {},
  'generation-empty': {},
  'context-full': { neededTokens: 9000, contextTokens: 8192, reservedTokens: 1024 },
  'unsupported-by-model': { feature: 'grammar' },
  'data-in-use': { pid: 12_345 },
  'data-read-only': { folder: '/d' },
  'data-newer': { found: '2027', supported: '2026' },
  'data-corrupt': { folder: '/d' },
  'data-unreachable': { folder: '/d', reason: 'EIO' },
  'disk-full': { folder: '/d' },
  'key-missing': { folder: '/d' },
  'key-wrong': { folder: '/d' },
  'keystore-unavailable': { reason: 'timeout' },
  'setting-locked': { key: 'localOnly', reason: 'Our rules.', contact: 'it@example.org' },
  'setting-invalid': { key: 'threads', issue: 'too_big' },
  'local-only': { by: 'policy' },
  'egress-refused': { host: 'example.org', reason: 'redirect' },
  'consent-required': {},
  'redaction-incomplete': { classes: ['email'], count: 1 },
  'cloud-not-set-up': {},
  'cloud-key-missing': { provider: 'Anthropic' },
  'cloud-key-refused': { provider: 'Anthropic', sentBytes: 1200 },
  'cloud-not-permitted': { provider: 'Anthropic', sentBytes: 1200 },
  'cloud-provider-not-allowed': { provider: 'Anthropic' },
  'cloud-model-unknown': { provider: 'Anthropic', model: 'm', sentBytes: 1200 },
  'cloud-request-refused': { provider: 'Anthropic', status: 400, sentBytes: 1200 },
  'cloud-too-large': { provider: 'Anthropic', sentBytes: 1200 },
  'cloud-rate-limited': { provider: 'Anthropic', retryAfterSeconds: 30, sentBytes: 1200 },
  'cloud-overloaded': { provider: 'Anthropic', retryAfterSeconds: 0, sentBytes: 1200 },
  'cloud-unavailable': { provider: 'Anthropic', status: 500, sentBytes: 1200 },
  'cloud-unreachable': { host: 'example.org', reason: 'ENOTFOUND', sentBytes: 0 },
  'cloud-certificate': { host: 'example.org', reason: 'CERT_HAS_EXPIRED' },
  'cloud-captive-portal': { host: 'example.org', sentBytes: 1200 },
  'cloud-redirected': { host: 'example.org', sentBytes: 1200 },
  'cloud-cut': { provider: 'Anthropic', receivedBytes: 300, sentBytes: 1200 },
  'cloud-stalled': { provider: 'Anthropic', seconds: 60, sentBytes: 1200 },
  'cloud-garbled': { provider: 'Anthropic', reason: 'line-too-long', sentBytes: 1200 },
  'cloud-declined': { provider: 'Anthropic', sentBytes: 1200 },
  'cloud-context-full': { neededTokens: 1_200_000, contextTokens: 1_000_000 },
  'cloud-budget-reached': { limitUsd: 20, spentUsd: 19.98 },
  'cloud-price-unknown': { model: 'm' },
  'cloud-endpoint-invalid': { issue: 'scheme' },
  'cloud-withdrawn': { sentBytes: 1200 },
  'proxy-refused': { scheme: 'NTLM' },
  'draft-closed': { state: 'superseded' },
  'draft-changed': {},
  'consent-expired': {},
  'consent-used': {},
  'consent-mismatch': {},
  'network-failed': { host: 'example.org', reason: 'ENOTFOUND' },
  'ledger-broken': { seq: 1234, reason: 'altered' },
  'job-not-resumable': { id: 'j-1' },
  'job-not-ended': { id: 'j-1' },
  'batch-empty': { name: 'Contracts', files: 3 },
  'document-not-read': { name: 'a.txt' },
  'summary-empty': { name: 'a.txt' },
  'document-too-short': { name: 'a.txt' },
  'comparison-same-document': { name: 'a.txt' },
} satisfies { readonly [Code in FailureCode]: FailureDetails[Code] }

const codes = Object.keys(examples) as FailureCode[] // as: Object.keys forgets literal keys
const resources = path.resolve(import.meta.dirname, '../../../resources')

type Node = { readonly [key: string]: string | Node }

function locale(language: string): Node {
  return JSON.parse(readFileSync(path.join(resources, 'locales', `${language}.json`), 'utf8')) as Node // as: leaves are checked below
}

function leaves(node: Node, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : leaves(value, `${prefix}${key}.`),
  )
}

function placeholders(sentence: string): readonly string[] {
  return [...sentence.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? '').sort()
}

function exampleOf(code: FailureCode): Failure {
  return failureOf(code, examples[code] as never) // as: code and details come from the same row
}

describe.each(languages)('failures in %s', (language) => {
  const table = new Map(leaves(locale(language)))
  const translator = createTranslator(language, resources)

  test('the table has a sentence and a next step for every code, and for no other', () => {
    const written = [...table.keys()].filter((key) => key.startsWith('failures.')).sort()
    const wanted = codes.flatMap((code) => [`failures.${code}.message`, `failures.${code}.nextStep`]).sort()
    expect(written).toEqual(wanted)
  })

  test.each(codes)('%s uses only what its details carry', (code) => {
    const used = [`failures.${code}.message`, `failures.${code}.nextStep`].flatMap((key) =>
      placeholders(table.get(key) ?? ''),
    )
    expect(used.filter((name) => !Object.hasOwn(examples[code], name))).toEqual([])
  })

  test.each(codes)('%s reads as a finished sentence', (code) => {
    const { message, nextStep } = translator.failure(exampleOf(code))
    for (const sentence of [message, nextStep]) {
      expect(sentence).toMatch(/^[\p{Lu}“„].*([.!?]|it@example\.org)$/su)
      expect(sentence).not.toMatch(/\{\{|\$t\(|failures\.|words\.|undefined/)
    }
  })
})

test('both languages have the same keys with the same placeholders', () => {
  const [english, german] = languages.map((language) =>
    Object.fromEntries(leaves(locale(language)).map(([key, sentence]) => [key, placeholders(sentence)])),
  )
  expect(german).toEqual(english)
})

test('sizes and counts are written the way the language writes them', () => {
  const example = exampleOf('file-too-large')
  expect(createTranslator('en', resources).failure(example).message).toBe(
    '“a.txt” has 314.6 MB; Sotto reads files up to 209.7 MB.',
  )
  expect(createTranslator('de', resources).failure(example).message).toBe(
    '„a.txt“ hat 314,6 MB; Sotto liest Dateien bis 209,7 MB.',
  )
  expect(createTranslator('en', resources).failure(exampleOf('ledger-broken')).message).toContain('entry 1234 was')
})

test('a wait is told where the provider named one, and that it named none where it did not', () => {
  const say = (language: Language, retryAfterSeconds: number) =>
    createTranslator(language, resources).failure(
      failureOf('cloud-overloaded', { provider: 'Anthropic', retryAfterSeconds, sentBytes: 0 }),
    ).message
  expect([say('en', 3600), say('en', 0)]).toEqual([
    'Anthropic is overloaded. Wait it names: 3,600 s. Sent before that: 0 bytes.',
    'Anthropic is overloaded. It does not say how long to wait. Sent before that: 0 bytes.',
  ])
  expect([say('de', 30), say('de', 0)]).toEqual([
    'Anthropic ist überlastet. Genannte Wartezeit: 30 s. Gesendet bis dahin: 0 Byte.',
    'Anthropic ist überlastet. Eine Wartezeit wurde nicht genannt. Gesendet bis dahin: 0 Byte.',
  ])
})

test('a name that looks like a template is only a name', () => {
  const name = '$t(words.by.policy) {{name}} $& <b>'
  expect(createTranslator('en', resources).failure(failureOf('file-missing', { name })).message).toBe(
    `There is no file “${name}”.`,
  )
})
