// Keys, tokens and passwords: by the marks their makers give them, and by key words with something random behind.
import type { Candidate } from './finding.ts'
import { matchesOf } from './matching.ts'

const alone = '(?<![A-Za-z0-9_-])'
const closed = '(?![A-Za-z0-9_])'

/** Forms that nothing else has. Every repetition is bounded and starts at a word, so that each is linear. */
const marked: readonly RegExp[] = [
  'sk-(?:ant-|proj-|svcacct-|or-v1-|admin-)?[A-Za-z0-9_-]{20,300}', // Anthropic, OpenAI and their like
  '(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}', // AWS
  'gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}',
  'glpat-[A-Za-z0-9_-]{20,64}',
  'xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}',
  'AIza[A-Za-z0-9_-]{35}|ya29\\.[A-Za-z0-9_-]{20,300}', // Google
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9]{16,100}', // Stripe
  'npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{50,250}|hf_[A-Za-z0-9]{30,60}|xai-[A-Za-z0-9]{40,120}|gsk_[A-Za-z0-9]{40,80}',
  'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}|key-[0-9a-f]{32}|dop_v1_[0-9a-f]{64}',
  'AGE-SECRET-KEY-1[A-Z0-9]{58}',
  'eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{8,8000}\\.[A-Za-z0-9_-]{0,2000}', // JSON web tokens
].map((source) => new RegExp(`${alone}(?:${source})${closed}`, 'g'))

const pemStart = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g
const pemEnd = /-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g

const keyWords =
  'pass(?:word|wort|phrase|wd)?|pwd|kennwort|zugangscode|api[ _-]?(?:key|schlüssel)|secret(?:[ _-]?(?:key|access[ _-]?key))?|' +
  'access[ _-]?(?:key|token)|auth[ _-]?token|refresh[ _-]?token|client[ _-]?secret|token|bearer|private[ _-]?key|' +
  'account[ _-]?key|geheimnis|schlüssel|zugangsschlüssel|recovery[ _-]?(?:key|code)|wpa2?[ _-]?key'
/** A key word, perhaps inside a longer name, then `:`, `=`, `is` or `lautet`, then the value in group 1. */
const announced = new RegExp(
  `(?<![\\p{L}])(?:[A-Za-z]{1,20}[_-]){0,4}(?:${keyWords})["'\`*]{0,3}(?:\\s{0,3}(?::=|=>|[:=])\\s{0,3}|\\s(?:is|ist|lautet|war|was)(?:\\s?:)?\\s|\\s)` +
    `["'\`*]{0,3}([^\\s"'\`<>()\\[\\]{},;\\uE000]{8,300})`,
  'diu',
)
const credentialsInUrl = /(?<=:\/\/[^\s/:@\uE000]{1,64}:)[^\s/:@\uE000]{3,200}(?=@)/g

/** Keys, tokens, private key blocks and passwords; entity is the secret itself. */
export function secrets(text: string): readonly Candidate[] {
  return [
    ...marked.flatMap((pattern) => formed(text, pattern)),
    ...keyBlocks(text),
    ...announcedValues(text),
    ...inUrls(text),
  ]
}

function formed(text: string, pattern: RegExp): readonly Candidate[] {
  return matchesOf(text, 'secret', pattern, (found) =>
    /\d/.test(found) || /[A-Z]/.test(found.slice(4)) ? { entity: found, confidence: 'checked' } : undefined,
  )
}

function inUrls(text: string): readonly Candidate[] {
  return matchesOf(text, 'secret', credentialsInUrl, (found) => ({ entity: found, confidence: 'rule' }))
}

/** From a BEGIN line to the next END line, or to the end of the text when that is missing: half a key is one too. */
function keyBlocks(text: string): readonly Candidate[] {
  const found: Candidate[] = []
  for (const { index: start } of text.matchAll(pemStart)) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    pemEnd.lastIndex = start
    const closing = pemEnd.exec(text)
    const end = closing === null ? text.length : closing.index + closing[0].length
    found.push({ class: 'secret', start, end, entity: text.slice(start, end), confidence: 'checked' })
  }
  return found
}

function announcedValues(text: string): readonly Candidate[] {
  const found: Candidate[] = []
  for (const match of text.matchAll(new RegExp(announced.source, 'dgiu'))) {
    const [from, to] = match.indices?.[1] ?? [0, 0]
    const value = text.slice(from, to).replace(/[.…:*]+$/, '')
    const assigned = /[:=]|\s(?:is|ist|lautet)/i.test(text.slice(match.index, from))
    if (!looksSecret(value, assigned)) continue
    found.push({ class: 'secret', start: from, end: from + value.length, entity: value, confidence: 'rule' })
  }
  return found
}

/** Letters with digits, and varied: at least three bits a character where no sign assigns it, two and a half where one does. */
function looksSecret(value: string, assigned: boolean): boolean {
  if (value.length < 8 || !/\p{L}/u.test(value) || !/\d/.test(value)) return false
  if (/^(?:https?:|www\.|\/|\.\/|[A-Za-z]:\\|\$|%|\d+[.,]?\d*\s?\p{L}{1,3}$)/u.test(value)) return false
  if (/^[\p{L}_]+(?:\.[\p{L}_]+)+\d?$/u.test(value) || /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}T?/.test(value)) return false
  if (!assigned && (value.length < 16 || !/[A-Z]/.test(value) || !/[a-z]/.test(value))) return false
  return entropy(value) >= (assigned ? 2.5 : 3)
}

/** Shannon entropy of the characters, in bits each. */
function entropy(value: string): number {
  const counts = new Map<string, number>()
  for (const letter of value) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => sum - (count / value.length) * Math.log2(count / value.length), 0)
}
