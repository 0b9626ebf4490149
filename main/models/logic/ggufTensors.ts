// Reads the tensor part of a GGUF header and checks that every tensor lies inside the file.
import { tensorTypes } from './ggufTypes.ts'
import type { HeaderCursor } from './headerCursor.ts'

/** Sums over all tensors, plus where each begins and ends inside the data part. */
export type TensorTable = {
  readonly parameters: number
  readonly ranges: readonly { readonly offset: number; readonly bytes: number }[]
}

const maxNameBytes = 63
const maxDimensions = 4

/** Reads `count` tensor descriptions. Sizes come from ggml's block sizes; offsets count from the data part's start. */
export function readTensors(cursor: HeaderCursor, count: number, alignment: number): TensorTable {
  const names = new Set<string>()
  const ranges: { offset: number; bytes: number }[] = []
  let parameters = 0
  for (let index = 0; index < count && cursor.stop === null; index++) {
    const name = cursor.text()
    if (name.length > maxNameBytes) cursor.refuse('tensor-name-too-long')
    if (names.has(name) && cursor.stop === null) cursor.refuse('duplicate-tensor')
    names.add(name)
    const { elements, row } = readShape(cursor)
    const bytes = sizeOf(cursor, elements, row, cursor.unsigned32())
    const offset = cursor.unsigned64()
    if (offset % alignment !== 0) cursor.refuse('tensor-misaligned')
    ranges.push({ offset, bytes })
    parameters += elements
  }
  if (!Number.isSafeInteger(parameters)) cursor.refuse('bad-dimensions')
  return { parameters, ranges }
}

function readShape(cursor: HeaderCursor): { readonly elements: number; readonly row: number } {
  const dimensions = cursor.unsigned32()
  if (cursor.stop === null && (dimensions < 1 || dimensions > maxDimensions)) cursor.refuse('bad-dimensions')
  let elements = 1
  let row = 0
  for (let index = 0; index < dimensions && cursor.stop === null; index++) {
    const length = cursor.unsigned64()
    if (index === 0) row = length
    elements *= length
    if (cursor.stop === null && (length < 1 || !Number.isSafeInteger(elements))) cursor.refuse('bad-dimensions')
  }
  return { elements, row }
}

function sizeOf(cursor: HeaderCursor, elements: number, row: number, type: number): number {
  if (cursor.stop !== null) return 0
  const block = tensorTypes.get(type)
  if (block === undefined) {
    cursor.refuse('unknown-tensor-type')
    return 0
  }
  if (row % block.elements !== 0) cursor.refuse('bad-dimensions')
  return (elements / block.elements) * block.bytes
}

/** Whether all tensors lie inside a data part that begins at `start`, in a file of `fileBytes`. */
export function tensorsInside(table: TensorTable, start: number, fileBytes: number): boolean {
  return table.ranges.every(({ offset, bytes }) => offset + bytes <= fileBytes - start)
}

/** Whether the tensors follow each other without gaps or overlaps but for alignment, as the engine demands. */
export function tensorsInOrder(table: TensorTable, alignment: number): boolean {
  let expected = 0
  for (const { offset, bytes } of table.ranges) {
    if (offset !== expected) return false
    expected = Math.ceil((offset + bytes) / alignment) * alignment
  }
  return true
}
