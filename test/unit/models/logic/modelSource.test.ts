// Names and addresses of models: what is read, and what could leave its folder and is refused.
import { expect, test } from 'vitest'
import { addressOf, fileNameOf, readSource } from '../../../../main/models/logic/modelSource.ts'

const hub = 'https://huggingface.co'
const tiny = { repository: 'user/repo', file: 'tiny.gguf' }

test.each([
  ['user/repo/tiny.gguf', tiny],
  [`${hub}/user/repo/resolve/main/tiny.gguf`, tiny],
  [`${hub}/user/repo/blob/main/tiny.gguf?download=true#top`, tiny],
  ['user/repo/folder/tiny.GGUF', { repository: 'user/repo', file: 'folder/tiny.GGUF' }],
])('%s', (source, expected) => {
  expect(readSource(source, hub)).toEqual(expected)
})

test.each([
  '../../etc/passwd.gguf',
  'user/repo/../x.gguf',
  'user/repo/..%2fx.gguf',
  'user/repo/C:\\x.gguf',
  'user/repo/a:b.gguf',
  'user/repo/NUL.gguf',
  'user/repo/con.gguf',
  'user/repo/x.safetensors',
  'user/repo',
  '/user/repo/x.gguf',
  `user/repo/${'x'.repeat(200)}.gguf`,
  'https://example.org/user/repo/resolve/main/x.gguf',
  'http://huggingface.co/user/repo/resolve/main/x.gguf',
  'https://huggingface.co.example.org/user/repo/resolve/main/x.gguf',
])('refused: %s', (source) => {
  expect(readSource(source, hub)).toBeNull()
})

test('an address is below the hub or the mirror, and a name is the last part', () => {
  expect(addressOf('http://127.0.0.1:8080/models/', tiny)).toBe(
    'http://127.0.0.1:8080/models/user/repo/resolve/main/tiny.gguf',
  )
  expect([fileNameOf('a/b.gguf'), fileNameOf('../b.gguf'), fileNameOf('b')]).toEqual(['b.gguf', null, null])
})
