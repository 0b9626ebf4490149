// Words that say nothing about a text's subject, English and German.

const english =
  'a about above after again against all also although always am among an and any are aren around as at be because been before being below between both but by can cannot could couldn did didn do does doesn doing don down during each either else ever every few for from further had hadn has hasn have haven having he her here hers herself him himself his how however i if in instead into is isn it its itself just let like ll made make many may me might more most much must my myself neither no nor not now of off often on once one only or other others our ours ourselves out over own per perhaps quite rather re same shall she should shouldn since so some still such t than that the their theirs them themselves then there therefore these they this those though through thus to too two under until up upon us used using ve very via was wasn we were weren what when where whether which while who whom whose why will with within without won would wouldn yet you your yours yourself'
const german =
  'aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim bereits bin bis bist bzw da dabei dadurch daher damit dann daran darauf daraus darin darüber das dass dein deine dem den denen denn der deren des dessen deshalb die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines einige er es etwa etwas euch euer für gegen gewesen habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch kann kein keine keinem keinen keiner können könnte machen man manche mehr mein meine mich mir mit muss müssen musste nach nachdem nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so sogar solche soll sollen sollte sondern sonst sowie über um und uns unser unsere unter viel vom von vor war waren warum was weg weil weiter welche welchem welchen welcher wenn wer werde werden wie wieder will wir wird wo wollen wurde wurden während würde zu zum zur zwar zwischen'

/** Stop words of English and German, lower-case. */
export const stopWords: ReadonlySet<string> = new Set(`${english} ${german}`.split(' '))

const englishWords: ReadonlySet<string> = new Set(english.split(' '))
const germanWords: ReadonlySet<string> = new Set(german.split(' '))

/** Which of the two languages a text is in, by its small words; null where they do not tell. */
export function languageOf(text: string): 'en' | 'de' | null {
  let balance = 0
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? []) {
    if (englishWords.has(word) === germanWords.has(word)) continue
    balance += germanWords.has(word) ? 1 : -1
  }
  return balance === 0 ? null : balance > 0 ? 'de' : 'en'
}

/** Words of an instruction that ask for a summary rather than name a subject. */
export const requestWords: ReadonlySet<string> = new Set(
  'answer article bullet chapter describe document explain file find focus give important information key list main mention need note overview paragraph people person please point report section sentence short show state statement summarise summarize summary tell text thing want word write bitte dokument erkläre fasse nenne punkt satz sätze schreibe text wichtig wichtige wichtigsten zeige zusammen zusammenfassen zusammenfassung'.split(
    ' ',
  ),
)
