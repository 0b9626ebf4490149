// Words that documents and questions use for the same thing, English and German.
import { keysOf } from './foldedWords.ts'

/** One line per group; a word may stand in several. Written as `keysOf` and `stemOf` leave them. */
const groups = `
agreement contract arrangement deal
amount sum total
apartment flat unit
arrive arrival
author writer written wrote write
begin start commence beginn commencement began onset open
boss head manager director lead leader run chair chief headed led manage
build construct erect built construction
buy purchase acquire bought acquisition
car vehicle automobile
cancel terminate cancellation termination notice
client customer
close shut closing
company firm business enterprise
cost price fee charge rate amount pay
deliver delivery ship supply shipment
deposit security bond
doctor physician
end expire terminate finish expiry conclude ends last until completion complete
employ hire employment work
employee staff worker personnel
fine penalty
founded established foundation establishment founding
goal aim objective target
house home
increase rise raise grow grew growth
insurance insure policy
invoice bill
length long duration last
loud noise sound volume
capacity hold contain volume
fast speed quick revolution
money cash balance
live reside residence home
location site place located situated
lose lost loss
mail email post
make produce manufacture made production
meet meeting session
member participant attendee
money fund funding
move relocate transfer
name call title
need require requirement
obligation duty
opening hours open
organise arrange hold host
own owner belong
pay payment salary wage remuneration fee earn
people person resident inhabitant
permit allow permission
phone telephone call number tel
present attend attended
prize award
rent lease tenancy rental
repair mend fix maintain maintenance
replace substitute deputy
report notify inform
responsible responsibility charge
sell sold sale
send sent dispatch
sign signature signed
size area large big measure
spend cost expense
stop cease halt
store keep stored storage
teach teacher instruct
thick thickness
vacation holiday leave
visit visitor
vote voted
weight weigh heavy
warm temperature heat
wide width broad
tall height high
deep depth
old age
anfang beginn start
laut gerausch larm
arbeitnehmer mitarbeiter angestellt beschaftigt
adresse anschrift
beend end ablauf ende lauft endet
betrag summ hoh
bezahl zahl zahlung entricht gezahlt
chef leit leitung leiterin vorgesetzt geleitet
daur lang laufzeit dauer
firma unternehm gesellschaft betrieb
frist zeitraum dauer
gebaut errichtet bau
gebuhr kost preis entgelt kostet betrag
gehalt lohn verguetung vergutung verdien
geschlossen schliess schliesst
gegrundet gegrundung grundung entstand
haus gebaud
kauf erwerb gekauft erworb
kund auftraggeb
kundig kundigung beend
lief geliefert lieferung
miet mietzins pacht miete
offnet offnung geoffnet auf
schick send gesendet
sitzung treff versammlung besprechung
strafe bussgeld vertragsstraf
telefon telefonnumm rufnumm nummer
teilnehm anwesend
umzug umzieh verlegt
unterschrieb unterzeichnet
urlaub ferien
verantwortlich zustandig verantwort
vereinbar vertrag abred
verkauf verkauft
wohn wohnung
`

const table = readTable()

function readTable(): ReadonlyMap<string, readonly string[]> {
  const related = new Map<string, Set<string>>()
  for (const line of groups.trim().split('\n')) {
    const words = line.split(' ').map((word) => keysOf(word)[0] ?? word)
    for (const word of words) {
      const others = related.get(word) ?? new Set<string>()
      for (const other of words) if (other !== word) others.add(other)
      related.set(word, others)
    }
  }
  return new Map([...related].map(([word, others]) => [word, [...others]]))
}

/** Words that may stand for this one; empty for most. */
export function relatedTo(stem: string): readonly string[] {
  return table.get(stem) ?? []
}
