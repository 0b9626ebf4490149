// The chain rule of the ledger: how entries hang together, and which one does not fit.
import type { LedgerEntry, LedgerVerdict } from '#contract/ledger.ts'
import { canonicalJson } from './canonicalJson.ts'

/** SHA-256 of a text's UTF-8 bytes as lower-case hex. */
export type Sha256 = (text: string) => string

/** An entry before its hash is known. */
export type EntryBody = Omit<LedgerEntry, 'hash'>

/** What the head counter says. `mac` is `unchecked` when there is no key to check it with. */
export type LedgerHead = {
  readonly entries: number
  readonly hash: string
  readonly mac: 'valid' | 'invalid' | 'unchecked'
}

/** What is wrong, and with which entry. */
export type LedgerFault = NonNullable<LedgerVerdict['broken']>

/**
 * What the chain needs to know of one entry. `position` is where it was found, `seq` what it says itself; `sound`
 * means that it parses and its hash is the hash of its text.
 */
export type Link = {
  readonly position: number
  readonly seq: number
  readonly hash: string
  readonly previousHash: string
  readonly sound: boolean
}

/** The `previousHash` of the first entry. */
export const firstPreviousHash = '0'.repeat(64)

/** The text that is stored and hashed: every field but `hash`, `previousHash` included. */
export function entryText(body: EntryBody): string {
  const { model, ...rest } = body
  return canonicalJson(model === undefined ? rest : { ...rest, model })
}

/** The text the head counter's HMAC covers. */
export function headText(entries: number, hash: string): string {
  return canonicalJson({ entries, hash, kind: 'sotto-ledger-head' })
}

/** Completes an entry with its hash. */
export function chainEntry(body: EntryBody, sha256: Sha256): LedgerEntry {
  return { ...body, hash: sha256(entryText(body)) }
}

/** Reduces an entry to its link. */
export function linkOf(entry: LedgerEntry, position: number, sha256: Sha256): Link {
  const { hash, ...body } = entry
  return { position, seq: entry.seq, hash, previousHash: entry.previousHash, sound: sha256(entryText(body)) === hash }
}

/** Checks entries, oldest first, against each other and the head; the first fault, or null when all fits. */
export function verifyChain(
  entries: readonly LedgerEntry[],
  head: LedgerHead | null,
  sha256: Sha256,
): LedgerFault | null {
  return verifyLinks(
    entries.map((entry) => linkOf(entry, entry.seq, sha256)),
    head,
  )
}

/**
 * Checks links in stored order. What cannot be told apart is named by its nearest sure sign: whoever rewrites an entry
 * and every hash after it shows at the last entry, where the head no longer agrees. Not detectable: everything
 * replaced together with a head made with the key, or ledger and head both emptied.
 */
export function verifyLinks(links: readonly Link[], head: LedgerHead | null): LedgerFault | null {
  const sequences = new Set(links.filter((link) => link.sound).map((link) => link.seq))
  for (const [index, link] of links.entries()) {
    const expected = index + 1
    const previous = links[index - 1]
    const previousHash = previous?.hash ?? firstPreviousHash
    if (!link.sound) return unsoundFault(link, expected, previousHash)
    if (link.seq < expected) return { seq: link.seq, reason: 'duplicated' }
    if (link.seq > expected) return { seq: expected, reason: sequences.has(expected) ? 'reordered' : 'missing' }
    if (link.position !== expected) return { seq: expected, reason: 'altered' }
    if (link.previousHash !== previousHash) {
      // Both neighbours hash right, so one was altered and hashed anew; the one its successor vouches for is innocent.
      const innocent = previous !== undefined && vouchedFor(link, links[index + 1], head)
      return { seq: innocent ? expected - 1 : expected, reason: 'altered' }
    }
  }
  return headFault(head, links.length, links.at(-1)?.hash ?? firstPreviousHash)
}

/** The first anchor kept elsewhere that the entries found do not bear out; entry 0 is the empty ledger. */
export function anchorFault(
  links: readonly Pick<Link, 'hash'>[],
  anchors: readonly { readonly entries: number; readonly hash: string }[],
): LedgerFault | null {
  for (const { entries, hash } of anchors) {
    const found = entries === 0 ? firstPreviousHash : links[entries - 1]?.hash
    if (found !== hash) return { seq: entries, reason: 'anchor-differs' }
  }
  return null
}

/** Checks the head against the number of entries found and the hash of the last one. */
export function headFault(head: LedgerHead | null, entries: number, lastHash: string): LedgerFault | null {
  if (head === null) return entries === 0 ? null : { seq: entries, reason: 'head-altered' }
  if (head.mac === 'invalid') return { seq: head.entries, reason: 'head-altered' }
  if (head.entries > entries) return { seq: entries + 1, reason: 'truncated' }
  if (head.entries < entries) return { seq: head.entries, reason: 'head-altered' }
  return head.hash === lastHash ? null : { seq: entries, reason: 'altered' }
}

function unsoundFault(link: Link, expected: number, previousHash: string): LedgerFault {
  const inPlace = link.position <= expected || link.previousHash === previousHash
  return { seq: expected, reason: inPlace ? 'altered' : 'missing' }
}

function vouchedFor(link: Link, next: Link | undefined, head: LedgerHead | null): boolean {
  if (next !== undefined) return next.sound && next.previousHash === link.hash
  return head !== null && head.mac !== 'invalid' && head.hash === link.hash
}
