// What a spreadsheet's number shows as: its format code applied; dates and times as ISO, whatever the format.

/** How a workbook counts days: from 1900 (with its phantom 29 February) or from 1904. */
export type DateSystem = 1900 | 1904

/** Codes of the built-in formats that matter here, by id; the others are general or text. */
export const builtInFormats: ReadonlyMap<number, string> = new Map([
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, string] => [
    id,
    'yyyy-mm-dd',
  ]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map((id): [number, string] => [id, 'hh:mm:ss']),
  [22, 'yyyy-mm-dd hh:mm'],
  [37, '#,##0'],
  [38, '#,##0'],
  [39, '#,##0.00'],
  [40, '#,##0.00'],
])

const DAY_MILLISECONDS = 86_400_000
/** Longest format code looked at; Excel allows 255. */
const LONGEST_CODE = 255

/** A number under a format code; '' or "General" gives its shortest form. */
export function formatNumber(value: number, code: string, dates: DateSystem): string {
  if (!Number.isFinite(value)) return ''
  const section = sectionFor(value, code.slice(0, LONGEST_CODE))
  const bare = withoutLiterals(section)
  if (/[ymdhs]/i.test(bare) && !/[#?]|general/i.test(bare)) return isoOf(value, dates, bare)
  const pattern = /[#0?][#0?,]*(?:\.[#0?]*)?(?:E[+-]0+)?/i.exec(maskLiterals(section))
  if (pattern === null) return /general|@/i.test(bare) || bare === section ? general(value) : literals(section).trim()
  const [before, after] = [section.slice(0, pattern.index), section.slice(pattern.index + pattern[0].length)]
  // Fractions and numbers in parts have no plain form; the number itself says more.
  if (/[#0?/]/.test(withoutLiterals(after))) return general(value)
  const hasSection = code.split(';').length > 1 && value < 0
  const digits = digitsOf(hasSection ? Math.abs(value) : value, pattern[0], `${before}${after}`.includes('%'))
  return `${literals(before)}${digits}${literals(after)}`.trim()
}

/** The section of a code for a value: positive, negative, zero. */
function sectionFor(value: number, code: string): string {
  const sections = code.split(';')
  const [positive = '', negative, zero] = sections
  if (value < 0 && negative !== undefined && negative !== '') return negative
  return value === 0 && zero !== undefined && zero !== '' ? zero : positive
}

const LITERAL = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g

function withoutLiterals(section: string): string {
  // Hours beyond a day stand in brackets; colours and conditions do too.
  return section.replace(LITERAL, (found) => (/^\[(?:h+|m+|s+)\]$/i.test(found) ? found.slice(1, -1) : ''))
}

function maskLiterals(section: string): string {
  return section.replace(LITERAL, (found) => ' '.repeat(found.length))
}

/** What a part of a code puts on the page around the number. */
function literals(part: string): string {
  return part
    .replace(/\[\$([^\]-]*)[^\]]*\]/g, '$1')
    .replace(/\[[^\]]*\]|\*./g, '')
    .replace(/_./g, ' ')
    .replace(/"([^"]*)"|\\(.)/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '')
    .replaceAll('@', '')
}

function digitsOf(value: number, pattern: string, isPercent: boolean): string {
  const scaled = isPercent ? value * 100 : value
  const decimals = Math.min(15, (/\.([#0?]*)/.exec(pattern)?.[1] ?? '').length)
  const optional = /\.(?:0*)(#+)/.exec(pattern)?.[1]?.length ?? 0
  if (/E[+-]/i.test(pattern)) return scaled.toExponential(decimals).replace('e', 'E')
  if (Math.abs(scaled) >= 1e21) return general(scaled)
  // Trailing commas after the digits show thousands; nobody means that as the number.
  if (Number(scaled.toFixed(decimals)) === 0 && !pattern.includes('0')) return ''
  const fixed = shorten(Number(scaled.toPrecision(15)).toFixed(decimals), optional)
  return /[#0?],[#0?]/.test(pattern) ? fixed.replace(/\B(?=(?:\d{3})+(?!\d))(?<!\.\d*)/g, ',') : fixed
}

function shorten(fixed: string, optional: number): string {
  let text = fixed
  for (let left = optional; left > 0 && text.endsWith('0'); left -= 1) text = text.slice(0, -1)
  return text.replace(/\.$/, '')
}

/** The shortest form that keeps fifteen digits, as spreadsheets do. */
function general(value: number): string {
  return String(Number(value.toPrecision(15)))
}

function isoOf(value: number, dates: DateSystem, code: string): string {
  // [h] and the like count on past a day; a date before the first day is a plain number.
  if (value < 0) return general(value)
  const hasDate = /[yd]/i.test(code) || (/m/i.test(code) && !/[hs]/i.test(code))
  const hasTime = /[hs]/i.test(code)
  if (!hasDate) return timeOf(value)
  // Days of 1 January 1970; the 1900 system has a 29 February 1900 that never was.
  const epoch = dates === 1904 ? 24_107 : value < 60 ? 25_568 : 25_569
  const date = new Date(Math.round((value - epoch) * 86_400) * 1000)
  if (Number.isNaN(date.getTime()) || date.getTime() > 253_402_300_799_999) return general(value)
  const iso = date.toISOString()
  return hasTime && value % 1 !== 0 ? iso.slice(0, 19) : iso.slice(0, 10)
}

function timeOf(value: number): string {
  const seconds = Math.round((value * DAY_MILLISECONDS) / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
