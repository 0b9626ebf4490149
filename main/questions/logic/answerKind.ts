// What kind of thing a question asks for, and whether a sentence holds one.
import type { QuestionLanguage } from './wordKeys.ts'

/** What would answer: a person, a time, money, a number, a length of time, a place, an address to reach somebody at. */
export type AnswerKind = 'person' | 'time' | 'amount' | 'number' | 'duration' | 'place' | 'email' | 'phone'

const asks: Readonly<Record<QuestionLanguage, readonly (readonly [RegExp, AnswerKind])[]>> = {
  en: [
    [/\be-?mail\b/i, 'email'],
    [/\b(?:(?:tele)?phone|fax|mobile) number\b|\bwhat number .*\bcall\b/i, 'phone'],
    [/\bhow long\b|\bhow many (?:days|weeks|months|years|hours|minutes)\b|\bperiod\b/i, 'duration'],
    [
      /\bhow much\b|\bwhat (?:does|did|do|will) .* cost\b|\b(?:price|fee|salary|rent|budget|cost|premium|deposit)s?\b/i,
      'amount',
    ],
    [
      /\bhow many\b|\bwhat percentage\b|\bhow (?:high|tall|wide|deep|far|fast|heavy|large|big|old|often|thick)\b/i,
      'number',
    ],
    [/\bwhen\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bhow (?:late|early|soon)\b/i, 'time'],
    [/^\W*(?:and |but |so )?(?:by |to |from |with )?who(?:m|se)?\b|\bwho(?:m|se)?\b(?=[^,]*\?)/i, 'person'],
    [/\bwhere\b/i, 'place'],
  ],
  de: [
    [/\be-?mail/i, 'email'],
    [/telefonnummer|rufnummer|faxnummer|handynummer/i, 'phone'],
    [/\bwie lange?\b|\bwie viele (?:tage|wochen|monate|jahre|stunden|minuten)\b|\bfrist\b/i, 'duration'],
    [
      /\bwie ?viel (?:kostet|kosten|geld|euro|zahlt|zahlen|beträgt|muss)|\bwas kostet\b|\b(?:preis|gebühr|gehalt|miete|kaution|betrag|budget)\b/i,
      'amount',
    ],
    [
      /\bwie viele\b|\bwieviele?\b|\bwie ?viel\b|\bwie (?:hoch|groß|breit|tief|weit|schnell|schwer|alt|oft|dick)\b/i,
      'number',
    ],
    [/\b(?:wann|bis wann|ab wann|seit wann)\b|\b(?:an )?welche[mnrs]? (?:tag|datum|jahr|monat|uhrzeit)/i, 'time'],
    [/\b(?:wer|wem|wen|wessen)\b/i, 'person'],
    [/\b(?:wo|wohin|woher)\b/i, 'place'],
  ],
}

const spelled =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|hundred|half|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert|einen?|eine[mr]?'
const units =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|quarters?|quartale?'
const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember'
const days =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|weekdays?|noon|midnight|mittags?|mitternacht'

const holds: Readonly<Record<AnswerKind, RegExp>> = {
  email: /\S@\S/u,
  phone: /\+?\d[\d\s/()-]{5,}\d/u,
  duration: new RegExp(`(?:\\p{N}|\\b(?:${spelled}|a|an)\\b)[^.;]{0,24}\\b(?:${units})\\b`, 'iu'),
  amount: /\p{N}|\bfree of charge\b|\bkostenlos\b/iu,
  number: new RegExp(`\\p{N}|(?<!\\p{L})(?:${spelled}|none|no|kein\\p{L}*)(?!\\p{L})`, 'iu'),
  time: new RegExp(`\\p{N}|(?<!\\p{L})(?:${months}|${days})(?!\\p{L})`, 'iu'),
  person:
    /(?<=[\p{L}\p{N},;:–-]\s+)\p{Lu}\p{L}+|\p{Lu}\p{L}+\s+(?:(?:van|von|de|der|den)\s+)*\p{Lu}\p{L}+|\p{Lu}\.\s*\p{Lu}\p{L}+/u,
  place: /(?<=\p{L}[,;:]?\s+)\p{Lu}\p{L}+|\b(?:in|at|on|near|behind|under|im|am|beim|hinter|unter|neben)\s/u,
}

/** The kind of answer a question wants; null where any kind may do. */
export function answerKindOf(question: string, language: QuestionLanguage): AnswerKind | null {
  return asks[language].find(([pattern]) => pattern.test(question))?.[1] ?? null
}

/** Whether a sentence holds something of that kind. */
export function holdsKind(sentence: string, kind: AnswerKind): boolean {
  return holds[kind].test(sentence)
}
