// RTF's tokens and groups to blocks: characters in every spelling, what is skipped, headings, lists, tables, footnotes.
import { describe, expect, test } from 'vitest'
import { RtfBlocks, type RtfBlock } from '../../../../../main/documents/logic/rtf/rtfBlocks.ts'
import { RtfTokens } from '../../../../../main/documents/logic/rtf/rtfTokens.ts'

const decoders: Readonly<Record<number, string>> = { 1252: 'windows-1252', 1251: 'windows-1251', 932: 'shift_jis' }

function read(rtf: string, sliceBytes = 1_000_000): { readonly texts: readonly string[]; readonly blocks: RtfBlocks } {
  const found: RtfBlock[] = []
  const decode = (bytes: Uint8Array, codePage: number) => new TextDecoder(decoders[codePage] ?? 'utf-8').decode(bytes)
  const blocks = new RtfBlocks(decode, (block) => found.push(block))
  const tokens = new RtfTokens(blocks)
  const bytes = Buffer.from(rtf, 'latin1')
  for (let at = 0; at < bytes.length; at += sliceBytes) tokens.push(bytes.subarray(at, at + sliceBytes))
  tokens.finish()
  blocks.finish()
  const texts = found.map((block) =>
    block.kind === 'table'
      ? `table ${block.rows.map((row) => row.join('|')).join(' / ')}`
      : `${block.kind}${levelOf(block)} ${block.text}`,
  )
  return { texts, blocks }
}

function levelOf(block: RtfBlock): string {
  if (block.kind === 'heading') return ` ${block.level}`
  return block.kind === 'list-item' ? ` ${block.depth}` : ''
}

function texts(rtf: string): readonly string[] {
  return read(rtf).texts
}

describe('characters', () => {
  test('bytes by the font’s character set, in hexadecimal and plain', () => {
    const fonts = String.raw`{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}`
    expect(texts(String.raw`{\rtf1\ansi\deff0${fonts}caf\'e9 {\f1\'ef\'f0\'e0} {\f2\'83A\'83\'5c}\par}`)).toEqual([
      'paragraph café пра アソ',
    ])
  })

  test('Unicode with its replacement skipped, as many signs as \\uc says', () => {
    expect(texts(String.raw`{\rtf1\uc1 \u8364?5 {\uc2\u937\'4f\'68!} \u-10179?\u-8704?\par}`)).toEqual([
      'paragraph €5 Ω! 😀',
    ])
  })

  test('fonts of signs: bytes and private characters become what they look like, or nothing', () => {
    const fonts = String.raw`{\fonttbl{\f0\fcharset0 A;}{\f1\froman\fcharset2 Symbol;}{\f2\fcharset2 Wingdings;}{\f3\fcharset2 Marlett;}}`
    const rtf = String.raw`{\rtf1\ansi\deff0${fonts}{\f1\'b7 a\'b3\u-3999?}|{\f2\'a7\'fc\u-3844?\'41}|{\f3 x\'b7}|\u-3913?\u-3999?|\'b7\par}`
    expect(texts(rtf)).toEqual(['paragraph • α≥α|▪✓✓|•|•|·'])
  })

  test('signs by name, escaped signs, and a word cut by a slice', () => {
    const rtf = String.raw`{\rtf1 a\emdash b\~c\-d \{x\}\\ \lquote q\rquote\par}`
    expect(texts(rtf)).toEqual(['paragraph a—b\u00a0cd {x}\\ ‘q’'])
    expect(read(rtf, 1).texts).toEqual(texts(rtf))
  })
})

describe('what is no text', () => {
  test('pictures, objects, field codes, unknown groups with a star, binary data; field results are text', () => {
    const rtf = String.raw`{\rtf1 A{\pict 00ff}{\object{\*\objdata 11}}{\*\unknown x{y}}{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt link}}{\*\d\bin3 }}}}B\par}`
    expect(texts(rtf)).toEqual(['paragraph AlinkB'])
  })

  test('headers, hidden and deleted text are left out and named', () => {
    const { texts: found, blocks } = read(String.raw`{\rtf1{\header Head\par}Seen{\v hidden}{\deleted gone}\par}`)
    expect(found).toEqual(['paragraph Seen'])
    expect(blocks.leftOut).toEqual(['headers', 'hidden-text', 'deletions'])
  })

  test('the title is the properties’', () => {
    const { blocks } = read(String.raw`{\rtf1{\info{\title A plan}{\author Nobody}}Text\par}`)
    expect(blocks.title).toBe('A plan')
  })
})

describe('structure', () => {
  test('headings by style name and by outline level', () => {
    const rtf = String.raw`{\rtf1{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s7 \'dcberschrift 2;}}\pard\s1 One\par\pard\s7 Two\par\pard\outlinelevel2 Three\par\pard Text\par}`
    expect(texts(rtf)).toEqual(['heading 1 One', 'heading 2 Two', 'heading 3 Three', 'paragraph Text'])
  })

  test('list items carry the number or sign that is written before them, headings their number', () => {
    const fonts = String.raw`{\fonttbl{\f0\fcharset0 A;}{\f3\fcharset2 Symbol;}{\f5\fcharset0 Courier New;}}{\stylesheet{\s1 heading 1;}}`
    const rtf =
      String.raw`{\rtf1\ansi\deff0${fonts}{\listtext\pard\plain 1.\tab}\pard\ls1\ilvl0 One\par ` +
      String.raw`{\listtext\pard\plain 1.a)\tab}\pard\ls1\ilvl1 Half\par {\pntext\f3\'b7\tab}\pard\ls2\ilvl0 Dot\par ` +
      String.raw`{\listtext\f5 o\tab}\pard\ls2\ilvl1 Ring\par Bare\par{\listtext 2.1\tab}\pard\s1 Scope\par{\listtext\f3\'b7\tab}\pard\s1 Plain\par\pard Text\par}`
    expect(texts(rtf)).toEqual([
      'list-item 1 1. One',
      'list-item 2 1.a) Half',
      'list-item 1 • Dot',
      'list-item 2 ◦ Ring',
      'list-item 2 Bare',
      'heading 1 2.1 Scope',
      'heading 1 Plain',
      'paragraph Text',
    ])
  })

  test('rows make a table that ends with the next paragraph outside', () => {
    const row = (a: string, b: string) => String.raw`\trowd\cellx1\cellx2\pard\intbl ${a}\cell ${b}\cell\row`
    expect(texts(String.raw`{\rtf1 Before\par ${row('A', 'B')} ${row('1', '2')}\pard After\par}`)).toEqual([
      'paragraph Before',
      'table A|B / 1|2',
      'paragraph After',
    ])
  })

  test('a footnote follows the paragraph it belongs to', () => {
    expect(texts(String.raw`{\rtf1 Text{\super 1}{\footnote {\super 1} Note.} goes on.\par}`)).toEqual([
      'paragraph Text1 goes on.',
      'paragraph 1 Note.',
    ])
  })

  test('a footnote numbered by the program carries its number at both places', () => {
    const note = (text: string): string => String.raw`{\super\chftn}{\footnote {\super\chftn}${text}}`
    expect(texts(String.raw`{\rtf1 One${note('First.')} and two${note('Second.')}.\par}`)).toEqual([
      'paragraph One[1] and two[2].',
      'paragraph [1] First.',
      'paragraph [2] Second.',
    ])
  })
})

test('groups nested a hundred thousand times, and braces that never close', () => {
  const { texts: found, blocks } = read(`{\\rtf1 ${'{'.repeat(100_000)}Deep`)
  expect(found).toEqual(['paragraph Deep'])
  expect(blocks.isWhole).toBe(false)
  expect(read(`{\\rtf1 Text\\par}${'}'.repeat(1000)}`).texts).toEqual(['paragraph Text'])
})
