// Paths, branches and leaves of a conversation's tree.
import { describe, expect, test } from 'vitest'
import { branches, newestLeaf, pathTo } from '../../../../main/chat/logic/messageTree.ts'

//  a ── b ── d ── f        positions follow the letters
//   └── c ── e             g is a second root
const tree = [
  { id: 'a', parentId: null, position: 0 },
  { id: 'b', parentId: 'a', position: 1 },
  { id: 'c', parentId: 'a', position: 2 },
  { id: 'd', parentId: 'b', position: 3 },
  { id: 'e', parentId: 'c', position: 4 },
  { id: 'f', parentId: 'd', position: 5 },
  { id: 'g', parentId: null, position: 6 },
]

describe('pathTo', () => {
  test.each([
    ['f', ['a', 'b', 'd', 'f']],
    ['c', ['a', 'c']],
    ['g', ['g']],
    [null, []],
    ['unknown', []],
  ])('%s', (leaf, ids) => {
    expect(pathTo(tree, leaf).map(({ id }) => id)).toEqual(ids)
  })

  test("ends in a damaged tree whose messages are each other's parents", () => {
    const ring = [
      { id: 'x', parentId: 'y', position: 0 },
      { id: 'y', parentId: 'x', position: 1 },
    ]
    expect(pathTo(ring, 'x').map(({ id }) => id)).toEqual(['y', 'x'])
  })
})

test.each([
  ['a', 'f'],
  ['b', 'f'],
  ['c', 'e'],
  ['f', 'f'],
  ['unknown', undefined],
])('newest leaf under %s is %s, in whatever order the messages come', (from, leaf) => {
  expect(newestLeaf(tree, from)).toBe(leaf)
  expect(newestLeaf([...tree].reverse(), from)).toBe(leaf)
})

test('branches count siblings in the order they were written', () => {
  const found = branches([...tree].reverse())
  expect(found.get('a')).toEqual({ index: 0, count: 2, siblingIds: ['a', 'g'] })
  expect(found.get('c')).toEqual({ index: 1, count: 2, siblingIds: ['b', 'c'] })
  expect(found.get('f')).toEqual({ index: 0, count: 1, siblingIds: ['f'] })
  expect(found.size).toBe(tree.length)
})
