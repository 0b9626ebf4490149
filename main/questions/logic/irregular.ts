// Verbs whose forms do not look alike, by their plain form.
import { keysOf } from './foldedWords.ts'

const forms: Readonly<Record<'en' | 'de', string>> = {
  en: 'arise arose arisen, bear bore born borne, become became, begin began begun, bite bit bitten, blow blew blown, break broke broken, bring brought, build built, buy bought, catch caught, choose chose chosen, come came, deal dealt, die died dead, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feel felt, fight fought, find found, fly flew flown, forbid forbade forbidden, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown, hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left, lend lent, lie lay lain, lose lost, make made, mean meant, meet met, pay paid, ride rode ridden, ring rang rung, rise rose risen, run ran, say said, see saw seen, sell sold, send sent, shake shook shaken, shoot shot, show shown, sing sang sung, sink sank sunk, sit sat, sleep slept, speak spoke spoken, spend spent, stand stood, steal stole stolen, strike struck, swim swam swum, take took taken, teach taught, tell told, think thought, throw threw thrown, understand understood, wear wore worn, win won, write wrote written',
  de: 'beginn begann begonn, bekomm bekam, bleib blieb, brenn brannt gebrannt, bring bracht gebracht, fahr fahrt fuhr gefahr abfahrt, fall fallt fiel gefall, find fand gefund, geb gibt gab gegeb, geh ging gegang, gelt gilt galt gegolt, halt halten hielt gehalt, heiss hiess, komm kam, lauf lauft lief, leit leitet geleitet leiter, les liest las geles, lieg liegt lag, nehm nimmt nahm genomm, schliess schloss geschloss, schreib schrieb geschrieb, seh sieht sah gesehen, sitz sass gesess, sprech spricht sprach gesproch, steh stand gestand, sterb starb gestorb, treff trifft traf getroff, trag tragt trug getrag, verlier verlor verlor, wohn wohnt gewohnt, zieh zog gezog',
}

const plain = { en: readForms(forms.en), de: readForms(forms.de) } as const

function readForms(text: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>()
  for (const group of text.split(', ')) {
    const [first = '', ...others] = group.split(' ').map((form) => keysOf(form)[0] ?? form)
    for (const other of others) table.set(other, first)
  }
  return table
}

/** The plain form of an irregular verb; any other word is its own. */
export function plainForm(stem: string, language: 'en' | 'de'): string {
  return plain[language].get(stem) ?? stem
}
