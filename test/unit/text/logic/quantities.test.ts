// Numbers with what they count: separators of both languages, magnitudes, currencies, words, times.
import { expect, test } from 'vitest'
import { quantitiesOf } from '../../../../main/text/logic/quantities.ts'

function counted(text: string): string[] {
  return quantitiesOf(text).map(
    ({ value, unit, about }) => `${about ? '~' : ''}${value}${unit === null ? '' : ` ${unit}`}`,
  )
}

test.each([
  ['1,450 pounds and 1.450 Euro and 1’450 CHF', ['1450 pound', '1450 euro', '1450 franc']],
  ['£49.7 million, 49,7 Mio. Euro, €1.2bn', ['49700000 pound', '49700000 euro', '1200000000 euro']],
  ['12 %, 12 percent, 12 per cent, 12 Prozent', ['12 percent', '12 percent', '12 percent', '12 percent']],
  ['2.5 and 2,5 and 1,234.50', ['2.5', '2.5', '1234.5']],
  ['ten working days, 14-day, six months', ['10 day', '14 day', '6 month']],
  ['twenty-five members, two hundred welders', ['25', '200']],
  ['fünfundzwanzig Mitglieder, zweihundert Euro, zweihundertfünfzig', ['25', '200 euro', '250']],
  ['between 9,000 and 12,000 pounds', ['9000', '12000 pound']],
  ['312 square metres, 87 Quadratmeter, 3 km', ['312 square metre', '87 square metre', '3 kilometre']],
  ['at 18:30, 9 am, 4 p.m., um 16 Uhr, 18.30 Uhr', ['1110 time', '540 time', '960 time', '960 time', '1110 time']],
  ['about 900 homes, rund 38.400 Haushalte', ['~900', '~38400']],
  ['one of them, ein Haus, the first', []],
  ['third floor, im dritten Stock', ['3', '3']],
  ['B2B, A4, no digits', []],
])('%s', (text, quantities) => {
  expect(counted(text)).toEqual(quantities)
})
