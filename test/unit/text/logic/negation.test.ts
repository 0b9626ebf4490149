// Yes and no, clause by clause: what says the opposite is found, what only says it otherwise is not.
import { expect, test } from 'vitest'
import { clausesOf, contradictedWord } from '../../../../main/text/logic/negation.ts'

function opposite(statement: string, source: string): boolean {
  return contradictedWord(clausesOf(statement), clausesOf(source)) !== null
}

test.each([
  ['The tenant may store petrol.', 'The tenant may not store petrol.'],
  ['The work is not finished.', 'The work is finished.'],
  ['The café is still run by the museum.', 'The café is no longer run by the museum.'],
  ['The plan was approved.', 'The plan was rejected.'],
  ['All members agreed.', 'All members disagreed.'],
  ['The bill is paid.', 'The bill is unpaid.'],
  ['Tickets that were not used are refunded.', 'Tickets that were not used are not refunded.'],
  ['Der Antrag wurde angenommen.', 'Der Antrag wurde abgelehnt.'],
  ['Das Halten einer Katze ist verboten.', 'Das Halten einer Katze ist erlaubt.'],
  ['Die Proben enthielten Blei und kein Nitrat.', 'Die Proben enthielten kein Blei und kein Nitrat.'],
])('%s against %s', (statement, source) => {
  expect([opposite(statement, source), opposite(source, statement)]).toEqual([true, true])
})

test.each([
  ['Storing petrol or gas is not allowed.', 'The tenant may not store petrol, solvents or gas.'],
  ['The rent is 500 pounds.', 'The rent is 500 pounds, but heating is not included.'],
  ['The plan was refused.', 'The plan was not approved.'],
  ['The work ends by Friday.', 'The work ends no later than Friday.'],
  ['Sabine prüfte die Kasse und fand keine Fehler.', 'Die Kasse wurde von Sabine geprüft, die keine Fehler fand.'],
  ['Not only the roof was repaired.', 'The roof was repaired.'],
  ['Whales sing.', 'The roof was not repaired.'],
])('%s agrees with %s', (statement, source) => {
  expect(opposite(statement, source)).toBe(false)
})
