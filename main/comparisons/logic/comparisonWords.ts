// The words that a comparison treats as its own: modals, negation, scope, and drafting words that say the same.

/** Modal verbs and what stands for them, each under one head word; another head word is another duty. */
export const modals: ReadonlyMap<string, string> = grouped(
  'shall, must, will, may, should, can could, might, required requires require, entitled, obliged obligated, permitted allowed, ' +
    'prohibited forbidden, muss müssen musste mussten müsste müssten, soll sollen, sollte sollten, ' +
    'kann können konnte könnte könnten, darf dürfen durfte dürfte, verpflichtet, berechtigt, befugt, untersagt verboten',
)

/** Words that turn a statement round. */
export const negations: ReadonlySet<string> = listed(
  'not no never none nobody nothing neither nor without cannot unable nicht kein keine keinen keinem keiner keines nie niemals niemand nichts weder ohne',
)

/** Small words that decide how far a duty reaches, each under one head word. */
export const scopes: ReadonlyMap<string, string> = grouped(
  'and, or, all, any, each every, only solely exclusively, both, either, before prior, after following, until till, within, unless, except ' +
    'excluding save, including includes include, least minimum, most maximum, more, less, fewer, exceeding, if, provided, ' +
    'subject, notwithstanding, up, over, under, und, oder, alle allen aller alles sämtliche sämtlichen sämtlicher, jede jeder jeden jedes ' +
    'jedem jeweils, nur ausschließlich lediglich, vor, nach, bis, innerhalb binnen, außer ausgenommen, einschließlich inklusive, ' +
    'mindestens wenigstens, höchstens maximal, mehr, weniger, wenn falls sofern, soweit, sowohl, entweder, über, unter',
)

/** Words of drafting that say the same: one for another is wording. */
export const synonyms: ReadonlyMap<string, string> = grouped(
  'begin begins commence commences start starts, end ends expire expires, promptly immediately forthwith, about regarding concerning ' +
    'respecting, give gives provide provides furnish furnishes, send sends transmit transmits, show shows demonstrate demonstrates, ' +
    'use uses utilize utilizes utilise utilises, help helps assist assists assistance, buy buys purchase purchases, ask asks request requests, tell tells ' +
    'inform informs notify notifies, get gets obtain obtains receive receives, keep keeps retain retains maintain maintains, make makes, ' +
    'fix fixes repair repairs remedy remedies, need needs, under pursuant according accordance, herein hereunder, in into, agreement contract, ' +
    'sum amount, fee charge, premises, sufficient adequate, whole entire, amend amends modify modifies change changes, ' +
    'because since, during throughout, annually yearly, monthly, however, also additionally furthermore moreover, ' +
    'beginnt beginnen startet starten, endet enden, unverzüglich umgehend sofort, betreffend bezüglich hinsichtlich, gibt gewährt, ' +
    'sendet übermittelt übersendet, nutzt verwendet benutzt nutzen verwenden benutzen, kauft erwirbt kaufen erwerben, ' +
    'informiert unterrichtet benachrichtigt, erhält bekommt, gemäß nach laut, vertrag vereinbarung, betrag summe, jährlich, ' +
    'ändern abändern, weil da, ebenfalls auch zudem außerdem ferner',
)

/** Signs and words for one unit. */
export const units: ReadonlyMap<string, string> = grouped(
  '% percent prozent, € eur euro euros, $ usd dollar dollars, £ gbp, day days calendar tag tage tagen, week weeks woche wochen, ' +
    'month months monat monate monaten, year years jahr jahre jahren, hour hours stunde stunden',
)

/** Numbers that are written out. */
export const spelledNumbers: ReadonlyMap<string, string> = new Map(
  [
    'two zwei 2,three drei 3,four vier 4,five fünf 5,six sechs 6,seven sieben 7,eight acht 8,nine neun 9,ten zehn 10',
    'eleven elf 11,twelve zwölf 12,thirteen dreizehn 13,fourteen vierzehn 14,fifteen fünfzehn 15,twenty zwanzig 20',
    'thirty dreißig 30,forty vierzig 40,fifty fünfzig 50,sixty sechzig 60,ninety neunzig 90,hundred hundert 100',
    'twice zweimal 2x,half halb 0.5,double doppelt 2x,triple dreifach 3x',
  ].flatMap((line) =>
    line.split(',').flatMap((row) => {
      const words = row.split(' ')
      const value = words.at(-1) ?? ''
      return words.slice(0, -1).map((word): [string, string] => [word, value])
    }),
  ),
)

/** Months by name, 1 to 12, English and German. */
export const months: ReadonlyMap<string, number> = new Map(
  [
    'january januar jänner jan',
    'february februar feb',
    'march märz mar mär',
    'april apr',
    'may mai',
    'june juni jun',
    'july juli jul',
    'august aug',
    'september sept sep',
    'october oktober oct okt',
    'november nov',
    'december dezember dec dez',
  ].flatMap((names, at) => names.split(' ').map((name): [string, number] => [name, at + 1])),
)

/** Words before a number that refers to another clause. */
export const referenceWords: ReadonlySet<string> = listed(
  '§ §§ section sections clause clauses article articles paragraph paragraphs schedule annex appendix exhibit abschnitt absatz abs ziffer artikel anlage anhang nummer nr klausel',
)

/** `a b, c d e` as a map from every word to the first of its group. */
function grouped(groups: string): ReadonlyMap<string, string> {
  return new Map(
    groups.split(', ').flatMap((group) => {
      const words = group.split(' ')
      return words.map((word): [string, string] => [word, words[0] ?? word])
    }),
  )
}

function listed(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}
