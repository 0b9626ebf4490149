// What a model wrote about numbered passages: its sentences with the numbers they quote, or that it found nothing.
import { outputSentences, saysNone } from '../../text/logic/outputSentences.ts'

/** One sentence of the answer without its quotes, and the passages it quotes. */
export type Statement = { readonly text: string; readonly quotes: readonly number[] }

const quote = /\s*[[(【]\s*(?:passages?|passagen?|abschnitte?|stelle)?\s*\d+(?:\s*[,;&]\s*\d+)*\s*[\])】]/giu
const onlyQuotes = /^[\s\d[\]().,;&]*$/
const refusals = [
  /\bnot (?:in|found in|mentioned in|stated in|contained in|given in|specified in|part of) (?:the|these|any of the) (?:passages?|texts?|documents?)\b/i,
  /\b(?:passages?|texts?|documents?) (?:do|does|did) not (?:say|state|mention|contain|give|specify|provide|include|answer)\b/i,
  /\b(?:cannot|can not|can't) (?:be answered|answer|determine)\b/i,
  /(?<!\p{L})(?:steht|stehen|findet sich|finden sich) (?:\p{L}+ ){0,4}nicht\b|\bnicht in den (?:passagen|abschnitten|textstellen)\b/iu,
  /\b(?:passagen|abschnitte|dokument|text)\p{L}* (?:sagen|sagt|enthalten|enthält|nennen|nennt|geben|gibt) (?:\p{L}+ ){0,4}(?:nicht|keine?)\b/iu,
]

/** True when the answer says that the passages do not say; a long answer with one such sentence is none of these. */
export function saysAbsent(answer: string): boolean {
  const text = answer.trim()
  if (text === '' || saysNone(text)) return true
  const statements = statementsOf(text)
  return statements.length <= 2 && statements.some((each) => refusals.some((pattern) => pattern.test(each.text)))
}

/** The answer as statements. A quote that stands alone after a full stop belongs to the sentence before. */
export function statementsOf(answer: string): Statement[] {
  const statements: Statement[] = []
  for (const sentence of outputSentences(answer.replace(/([.!?])\s*((?:\s*\[\d[\d\s,;&]*\])+)/g, '$2$1'))) {
    const quotes = [...sentence.matchAll(quote)].flatMap(([found]) => (found.match(/\d+/g) ?? []).map(Number))
    const text = sentence
      .replace(quote, '')
      .replace(/\s+([.,;:!?])/g, '$1')
      .trim()
    const last = statements.at(-1)
    if (onlyQuotes.test(text) && last !== undefined) {
      statements[statements.length - 1] = { text: last.text, quotes: [...new Set([...last.quotes, ...quotes])] }
    } else if (text !== '') statements.push({ text, quotes: [...new Set(quotes)] })
  }
  return statements
}
