// Highlighting keeps every character, goes chunk by chunk, and lets be what it does not know.
import { expect, test } from 'vitest'
import type { CodeLine } from '../../../../renderer/markdown/codeTokens.ts'
import { highlightCode } from '../../../../renderer/markdown/highlightCode.ts'

async function highlighted(code: string, language: string, signal = new AbortController().signal) {
  const chunks: (readonly CodeLine[])[] = []
  await highlightCode(code, language, signal, (index, lines) => void (chunks[index] = lines))
  return chunks
}

test('pieces have their roles, across lines', async () => {
  const [lines] = await highlighted('/* a\nb */ const x = "y"', 'ts')
  expect(lines?.map((line) => line.map(({ text, role }) => `${role}|${text}`))).toEqual([
    ['comment|/* a'],
    [
      'comment|b */',
      'null| ',
      'keyword|const',
      'null| ',
      'constant|x',
      'null| ',
      'keyword|=',
      'null| ',
      'string-expression|"y"',
    ],
  ])
})

test('all characters of long code come back, in chunks', async () => {
  const code = Array.from({ length: 100 }, (_, index) => `const value${index} = \`\${${index}}\` // <b>`).join('\n')
  const chunks = await highlighted(code, 'javascript')
  expect(chunks.map(({ length }) => length)).toEqual([40, 40, 20])
  expect(
    chunks
      .flat()
      .map((line) => line.map(({ text }) => text).join(''))
      .join('\n'),
  ).toBe(code)
})

test('nothing for an unknown language, a name of every object, a very long line, or after leaving', async () => {
  expect(await highlighted('x', 'brainfuck')).toEqual([])
  expect(await highlighted('x', 'constructor')).toEqual([])
  expect(await highlighted('x'.repeat(2001), 'ts')).toEqual([])
  expect(await highlighted('const a = 1', 'ts', AbortSignal.abort())).toEqual([])
})

test.each(
  'bash c csharp css diff go html java json markdown php powershell python rust sql toml tsx xml yaml'.split(' '),
)('%s is understood', async (language) => {
  const code = 'if (x) { return "text" } # <b class="c">1</b>\n- key: value'
  const [lines] = await highlighted(code, language)
  expect(lines?.map((line) => line.map(({ text }) => text).join('')).join('\n')).toBe(code)
})
