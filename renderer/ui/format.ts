// Numbers, sizes, times and dates as people read them, in the window's language.
import type { Language } from './text.ts'

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the largest unit that keeps the number at least 1: "0 bytes", "14.8 MB". */
export function formatBytes(bytes: number, language: Language): string {
  const step = bytes < 1 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
  const unit = sizeUnits[step] ?? 'byte'
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}

/** A whole number with the language's grouping. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(count)
}

/** How long something takes, in the one unit a person would say; never under a second. */
export function formatDuration(milliseconds: number, language: Language): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  const [value, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 5400
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour']
  return new Intl.NumberFormat(language, { style: 'unit', unit: String(unit), unitDisplay: 'long' }).format(
    Number(value),
  )
}

/**
 * The person's own regional form of the window's language, for times and dates: `en-GB` writes 14:05 where `en-US` writes
 * 2:05 PM. The language itself where the system prefers none of its forms.
 */
export function regionalForm(language: Language, preferred: readonly string[] = navigator.languages): string {
  return preferred.find((each) => each.split('-')[0] === language) ?? language
}

/** A moment near `now`: the time today, the weekday within six days, else the date. */
export function formatDay(at: Date, now: Date, language: Language): string {
  const days = (new Date(now.toDateString()).getTime() - new Date(at.toDateString()).getTime()) / 86_400_000
  const region = regionalForm(language)
  if (days < 1) return new Intl.DateTimeFormat(region, { hour: 'numeric', minute: '2-digit' }).format(at)
  if (days < 7) return new Intl.DateTimeFormat(region, { weekday: 'long' }).format(at)
  return new Intl.DateTimeFormat(region, { dateStyle: 'medium' }).format(at)
}

/** US dollars, never rounded down: two digits after the point, or two that count below ten cents: "$0.0031", "$1.25". */
export function formatUsd(usd: number, language: Language): string {
  const small = usd > 0 && usd < 0.1
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    roundingMode: 'ceil',
    ...(small ? { maximumSignificantDigits: 2 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  }).format(usd)
}

/** A day of the calendar, given as YYYY-MM-DD, wherever the person is. */
export function formatDate(day: string, language: Language): string {
  return new Intl.DateTimeFormat(regionalForm(language), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))
}

/** A time of day. */
export function formatTime(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(regionalForm(language), { hour: 'numeric', minute: '2-digit' }).format(at)
}

/** Date and time. */
export function formatMoment(at: Date, language: Language): string {
  return new Intl.DateTimeFormat(regionalForm(language), { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
