// What kind of thing a question asks for, and whether a sentence holds one.
import { keysOf } from './foldedWords.ts'
import type { QuestionLanguage } from './wordKeys.ts'

/** What would answer: a person, a time, money, a number, a length of time, a place, an address to reach somebody at. */
export type AnswerKind = 'person' | 'time' | 'amount' | 'number' | 'duration' | 'place' | 'email' | 'phone'

const asks: Readonly<Record<QuestionLanguage, readonly (readonly [RegExp, AnswerKind])[]>> = {
  en: [
    [/\be-?mail\b/i, 'email'],
    [/\b(?:(?:tele)?phone|fax|mobile) number\b|\bwhat number .*\bcall\b/i, 'phone'],
    [/\bhow long\b|\bhow many (?:days|weeks|months|years|hours|minutes)\b|\bperiod\b/i, 'duration'],
    [
      /\bhow much (?:money|(?:does|did|will) .* cost|do(?:es)? .* pay)\b|\bhow much\b.*\b(?:costs?|pays?|paid|charged?|bear|asked)\b|\bwhat (?:does|did|do|will) .* (?:cost|pay)\b|\bwhat is charged\b|\b(?:price|fee|salary|rent|budget|cost|premium|deposit)s?\b/i,
      'amount',
    ],
    [
      /\bhow (?:many|much)\b|\bwhat percentage\b|\bhow (?:high|tall|wide|deep|far|fast|heavy|large|big|old|thick)\b/i,
      'number',
    ],
    [/\bwhen\b|\b(?:what|which) (?:date|day|year|month|time)\b|\bhow (?:late|early|soon|often)\b/i, 'time'],
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
      /\bwie viele\b|\bwieviele?\b|\bwie ?viel\b|\bwie (?:hoch|groß|breit|tief|weit|schnell|schwer|alt|dick)\b/i,
      'number',
    ],
    [/\b(?:wann|wie oft)\b|\b(?:an )?welche[mnrs]? (?:tag|datum|jahr|monat|uhrzeit)/i, 'time'],
    [/\b(?:wer|wem|wen|wessen)\b/i, 'person'],
    [/\b(?:wo|wohin|woher)\b/i, 'place'],
  ],
}

const spelled =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig|hundert|einen?|eine[mr]?'
/** Hours as a clock has them; nothing that is an article or goes with anything counted. */
const hours =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|dreizehn|vierzehn|fünfzehn|sechzehn|siebzehn|achtzehn|neunzehn|zwanzig'
/** After these an hour is one only where no thing follows that was counted: `by two witnesses`. */
const unlessCounted = '(?!\\s(?!(?:in|on|at|and|or|to|until|till|onwards?|bis|am|und|oder)(?!\\p{L}))\\p{L})'
const units =
  'seconds?|minutes?|hours?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|quarters?|quartale?'
const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember'
const days =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|weekdays?|noon|midnight|mittags?|mitternacht'

const currencies =
  'euros?|eur|dollars?|usd|pounds?|gbp|pence|cents?|francs?|chf|franken|kronen|crowns?|yen|per ?cent|prozent|thousand|million|tausend|millionen?'
const moments =
  "o'clock|uhr|every|each|yearly|annually|monthly|weekly|daily|jährlich|monatlich|wöchentlich|täglich|once|twice|always|never|spring|summer|autumn|fall|winter|frühjahr|frühling|sommer|herbst|today|tomorrow|yesterday|heute|morgen|gestern|when|if|as soon as|wenn|sobald|morning|evening|night|week|christmas|easter|century|jahrhundert"

const holds: Readonly<Record<AnswerKind, RegExp>> = {
  email: /\S@\S/u,
  phone: /\+?\d[\d\s/()-]{5,}\d/u,
  duration: new RegExp(
    `(?:\\p{N}|(?<!\\p{L})(?:${spelled}|an?)(?!\\p{L}))[^.;]{0,24}(?<!\\p{L})(?:${units})(?!\\p{L})`,
    'iu',
  ),
  amount: new RegExp(
    `[€$£¥%]|\\p{N}[.,]\\p{N}{2}(?!\\p{N})|(?:\\p{N}|(?<!\\p{L})(?:${spelled}))[^.;]{0,12}(?<!\\p{L})(?:${currencies})(?!\\p{L})|(?<!\\p{L})(?:${currencies})\\s\\p{N}|(?<!\\p{L})(?:free|nothing|kostenlos|nichts|umsonst)(?!\\p{L})`,
    'iu',
  ),
  number: new RegExp(`\\p{N}|(?<!\\p{L})(?:${spelled}|none|no|kein\\p{L}*)(?!\\p{L})`, 'iu'),
  time: new RegExp(
    `(?<!\\p{L})(?:half|quarter|halb|viertel) (?:past|to|nach|vor)?\\s?(?:\\p{N}|(?:${hours}|one)(?!\\p{L}))|(?<!\\p{L})(?:at|until|till|before|after|um|ab|bis|gegen|vor|nach) (?:${hours})(?!\\p{L})|(?<!\\p{L})(?:by|from|von) (?:${hours})(?!\\p{L})${unlessCounted}|(?<!\\p{N})(?:1\\p{N}{3}|20\\p{N}{2})(?!\\p{N})|\\p{N}{1,2}[.:/]\\p{N}{1,2}|(?<!\\p{L})(?:${months}|${days}|${units}|${moments})(?!\\p{L})`,
    'iu',
  ),
  person:
    /(?<=[\p{L}\p{N},;:–-]\s+)\p{Lu}\p{L}+|\p{Lu}\p{L}+\s+(?:(?:van|von|de|der|den)\s+)*\p{Lu}\p{L}+|\p{Lu}\.\s*\p{Lu}\p{L}+/u,
  place: /(?<=\p{L}[,;:]?\s+)\p{Lu}\p{L}+|\b(?:in|at|on|near|behind|under|im|am|beim|hinter|unter|neben)\s/u,
}

/** Words that only say what kind of answer is wanted: a text gives the thing itself. */
const implied: Readonly<Record<AnswerKind, ReadonlySet<string>>> = {
  person: new Set(),
  place: new Set(keysOf('place location ort stelle')),
  time: new Set(keysOf('date day time moment date datum tag zeitpunkt termin')),
  amount: new Set(
    keysOf('cost costs money charge charged pay paid pays price kosten kostet geld zahlen zahlt preis betrag'),
  ),
  number: new Set(keysOf('number quantity anzahl menge')),
  duration: new Set(keysOf('period duration length long last lasts dauer dauert dauern zeitraum')),
  email: new Set(),
  phone: new Set(),
}

/** Whether a word of the question only says what kind of answer it wants. */
export function isImplied(key: string, kind: AnswerKind | null): boolean {
  return kind !== null && implied[kind].has(key)
}

/** The kind of answer a question wants; null where any kind may do. */
export function answerKindOf(question: string, language: QuestionLanguage): AnswerKind | null {
  return asks[language].find(([pattern]) => pattern.test(question))?.[1] ?? null
}

/** Whether a sentence holds something of that kind. */
export function holdsKind(sentence: string, kind: AnswerKind): boolean {
  return holds[kind].test(sentence)
}
