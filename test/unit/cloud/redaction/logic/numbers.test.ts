// Published example numbers of every scheme, and each with one digit changed.
import { describe, expect, test } from 'vitest'
import { findRedactions } from '../../../../../main/cloud/redaction/redaction.ts'

/** Examples from the bodies that issue the numbers, or from their documentation. */
const examples = [
  ['iban', '', 'DE89370400440532013000'],
  ['iban', '', 'GB29 NWBK 6016 1331 9268 19'],
  ['iban', '', 'NO93 8601 1117 947'],
  ['card', '', '4111 1111 1111 1111'],
  ['card', '', '378282246310005'],
  ['card', '', '5555-5555-5555-4444'],
  ['national-id', 'Steuer-ID ', '86095742719'],
  ['national-id', 'Rentenversicherung ', '15070649C103'],
  ['national-id', 'Personalausweis ', 'T220001293'],
  ['national-id', 'NHS ', '943 476 5919'],
  ['national-id', 'NIR ', '2 55 08 14 168 025 38'],
  ['national-id', 'DNI ', '12345678Z'],
  ['national-id', 'NIE ', 'X1234567L'],
  ['national-id', 'CF ', 'RSSMRA85T10A562S'],
  ['national-id', 'BSN ', '111222333'],
  ['national-id', 'AHV ', '756.9217.0769.85'],
  ['national-id', 'SVNR ', '1237 010180'],
  ['national-id', 'NISS ', '85.07.30-033.28'],
  ['national-id', 'PESEL ', '44051401359'],
  ['national-id', 'Personnummer ', '811228-9874'],
] as const

describe('check digits', () => {
  test.each(examples)('%s %s%s', (hidden, before, number) => {
    const text = `${before}${number} ist angegeben.`
    expect(findRedactions(text).map(({ class: found, original, confidence }) => [found, original, confidence])).toEqual(
      [[hidden, number, 'checked']],
    )
  })

  test.each(examples)('%s %s%s with its last sign changed', (hidden, before, number) => {
    const last = number.at(-1) ?? ''
    const other = /\d/.test(last) ? String((Number(last) + 1) % 10) : last === 'Q' ? 'W' : 'Q'
    const found = findRedactions(`${before}${number.slice(0, -1)}${other} ist angegeben.`)
    expect(found.filter((finding) => finding.class === hidden && finding.confidence === 'checked')).toEqual([])
  })
})
