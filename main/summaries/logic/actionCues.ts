// Which sentences ask somebody to do something: obligations, owners and dates, English and German.
import type { Sentence } from '../../text/logic/sentences.ts'

/** A sentence scoring at least this much counts as an action item. */
export const actionThreshold = 0.5

type Cue = { readonly pattern: RegExp; readonly weight: number }

const day =
  '(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|(?:next|this|nächste[nr]?|diese[nr]?) (?:week|month|quarter|meeting|woche|monat|quartal|sitzung)|(?:the )?end of (?:the )?\\w+|ende \\w+'
const month =
  'jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?'
const date = `\\d{1,2}[./]\\d{1,2}\\.?(?:\\d{2,4})?|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?\\.? (?:of )?(?:${month})|(?:${month})\\.? \\d{1,2}|q[1-4]\\b`

/** Says itself that it is a task, even as a heading. */
const toDo = /^\s*(?:\[ \]|todo\b|to do\b|action(?: item)?s?\b\s*:|aufgabe\b\s*:)/i

const cues: readonly Cue[] = [
  { pattern: toDo, weight: 0.8 },
  {
    pattern: /\b(?:must|shall|ha(?:s|ve) to|needs? to|(?:is|are) (?:required|obliged|responsible|due|expected|to)\b)/i,
    weight: 0.45,
  },
  {
    pattern: /\b(?:should|ought to|agreed to|undertakes? to|promised to|committed to|follow up|assigned to|will)\b/i,
    weight: 0.3,
  },
  {
    pattern: /\b(?:muss|müssen|verpflichtet|zuständig|verantwortlich|(?:hat|haben|ist|sind)\b.{1,80}\bzu \p{Ll}+n)\b/iu,
    weight: 0.45,
  },
  { pattern: /\b(?:soll(?:en|te|ten)?|wird|werden|übernimmt|übernehmen|kümmert sich|erledigt)\b/i, weight: 0.3 },
  {
    pattern: /^(?:please|let's|bitte)\b|\b(?:next step|deadline|due date|action item|nächster schritt|frist|termin)\b/i,
    weight: 0.4,
  },
  {
    pattern:
      /^(?:(?:\p{Lu}[\p{L}.-]+ ){1,3}|we |you |i |wir |sie )(?:and \S+ |und \S+ )?(?:will|must|shall|should|needs?|ha(?:s|ve) to|agreed|is to|are to|to|muss|müssen|soll|sollen|wird|werden|übernimmt|kümmert sich|erledigt)\b/u,
    weight: 0.25,
  },
  {
    pattern: /^\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?\s*(?::|\(|–|—)|@\w+|\((?:\p{Lu}[\p{L}-]+(?:, )?)+\)$/u,
    weight: 0.25,
  },
  {
    pattern: new RegExp(
      `\\b(?:by|before|no later than|due(?: on| by)?|bis|spätestens(?: am)?|vor)(?: (?:the|zum|dem|about|\\w+day,|\\p{L}+tag,?))? (?:${day}|${date})`,
      'iu',
    ),
    weight: 0.35,
  },
  { pattern: new RegExp(`\\b(?:${date})`, 'i'), weight: 0.1 },
  {
    pattern: /\b(?:must|should|might|may|would|could) have \w+|\bmuss\b.{1,60}\b(?:haben|gewesen sein)\b/i,
    weight: -0.5,
  },
  // What will be done, by nobody named.
  { pattern: /\b(?:wird|werden)\b.{1,120}\b(?:\p{Ll}*ge\p{Ll}{2,}t|\p{Ll}+iert)\b(?! werden)/iu, weight: -0.3 },
  { pattern: /\?["'”’»)]*$|^(?:if|unless|wenn|falls|sollte) /i, weight: -0.3 },
]
const actionHeading =
  /\b(?:actions?|action items?|next steps?|to-?dos?|tasks?|follow[- ]?ups?|aufgaben?|maßnahmen|nächste schritte|offene punkte)\b/i

/** How much each sentence reads like an action item, 0 to 1; items under a heading such as `Next steps` count more. */
export function actionScores(sentences: readonly Sentence[]): number[] {
  return sentences.map((sentence) => {
    if (sentence.kind === 'code') return 0
    if (sentence.kind === 'heading') return toDo.test(sentence.text) ? 0.8 : 0
    const heading = sentence.heading === null ? undefined : sentences[sentence.heading]?.text
    const listed = heading !== undefined && actionHeading.test(heading)
    const start = listed ? (sentence.kind === 'sentence' ? 0.3 : 0.5) : 0
    const sum = cues.reduce((total, cue) => total + (cue.pattern.test(sentence.text) ? cue.weight : 0), start)
    return Math.min(1, Math.max(0, sum))
  })
}

/** The action items in reading order: at most `limit`, the strongest ones when there are more. */
export function actionItems(sentences: readonly Sentence[], limit: number): { index: number; score: number }[] {
  return actionScores(sentences)
    .map((score, index) => ({ index, score }))
    .filter(({ score }) => score >= actionThreshold)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit)
    .sort((a, b) => a.index - b.index)
}
