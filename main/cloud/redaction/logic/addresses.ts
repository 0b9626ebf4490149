// Addresses of people and machines: e-mail, IPv4, IPv6, MAC.
import type { Candidate } from './finding.ts'
import { matchesOf } from './matching.ts'

const localPart = /[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}$/u
const domainPart =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}[\p{L}\p{N}-]{1,23}(?![\p{L}\p{N}])/u

/** E-mail addresses; entity is the address in lower case. */
export function emails(text: string): readonly Candidate[] {
  const found: Candidate[] = []
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const local = localPart
      .exec(text.slice(Math.max(0, at - 64), at))?.[0]
      .replace(/^(?:mailto:|[^\p{L}\p{N}_+]+)/u, '')
    const domain = domainPart.exec(text.slice(at + 1, at + 256))?.[0].replace(/-+$/, '')
    if (local === undefined || local === '' || local.endsWith('.') || domain === undefined) continue
    const [start, end] = [at - local.length, at + 1 + domain.length]
    found.push({ class: 'email', start, end, entity: text.slice(start, end).toLowerCase(), confidence: 'checked' })
  }
  return found
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4 = new RegExp(`(?<![\\p{L}\\p{N}_.-])${octet}(?:\\.${octet}){3}(?![\\p{L}\\p{N}_]|[.-]\\p{N})`, 'gu')
/** Four numbers after these are a version or a chapter. */
const numbering =
  /(?:\bv|versions?|ver\.|release|build|firmware|driver|treiber|update|patch|kapitel|abschnitt|chapter|section|ziffer|nummer|§+|clause|table|tabelle|abbildung|figure)[\s:=]{0,3}(?:no\.?|nr\.?)?\s{0,2}$/i
/** Addresses that are the same on every machine. */
const everywhere = /^(?:127\.|0\.0\.0\.0$|255\.)/
const ipv6 = /(?<![\p{L}\p{N}:._-])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\p{L}\p{N}:_])/giu

/** IPv4 and IPv6 addresses but those of the machine itself; entity is the address in lower case. */
export function ipAddresses(text: string): readonly Candidate[] {
  const four = matchesOf(text, 'ip', ipv4, (found, before) =>
    numbering.test(before) || everywhere.test(found) ? undefined : { entity: found, confidence: 'checked' },
  )
  const six = matchesOf(text, 'ip', ipv6, (found) =>
    isIpv6(found) ? { entity: found.toLowerCase(), confidence: 'checked' } : undefined,
  )
  return [...four, ...six]
}

/** Eight groups, or fewer with one `::`; a short form must look like an address and not like a name in C++ or a time. */
function isIpv6(found: string): boolean {
  const groups = found.split(':').filter((group) => group !== '')
  const gaps = found.split('::').length - 1
  if (gaps === 0) return groups.length === 8
  if (gaps > 1 || found.includes(':::') || groups.length > 7) return false
  return (
    groups.length >= 2 &&
    /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff0[0-9a-f]|64)$/i.test(groups[0] ?? '')
  )
}

const mac =
  /(?<![\p{L}\p{N}:_-])(?:[0-9a-f]{2}(?:([:-])[0-9a-f]{2})(?:\1[0-9a-f]{2}){4}|[0-9a-f]{4}(?:\.[0-9a-f]{4}){2})(?![\p{L}\p{N}_]|[:-][\p{L}\p{N}])/giu

/** Hardware addresses in the three usual forms; entity is the twelve digits. */
export function macAddresses(text: string): readonly Candidate[] {
  return matchesOf(text, 'mac', mac, (found) => {
    const digits = found.replace(/[^0-9a-f]/gi, '').toLowerCase()
    const plain = /^\d{4}\.\d{4}\.\d{4}$/.test(found) || /^(?:00){6}$|^f{12}$/.test(digits)
    return plain ? undefined : { entity: digits, confidence: 'checked' }
  })
}
