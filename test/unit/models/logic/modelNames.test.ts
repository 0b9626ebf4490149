// What names of model files tell.
import { expect, test } from 'vitest'
import { leftOutByName, quantisationOf, splitPartOf } from '../../../../main/models/logic/modelNames.ts'

test.each([
  ['model-00001-of-00003.gguf', { stem: 'model', part: 1, parts: 3 }],
  ['model-00001-of-00001.gguf', null],
  ['model-1-of-3.gguf', null],
  ['model.gguf', null],
])('part of a split file: %s', (name, expected) => {
  expect(splitPartOf(name)).toEqual(expected)
})

test.each([
  ['model.gguf', null],
  ['a-00002-of-00002.gguf', 'multi-part'],
  ['mmproj-model-f16.gguf', 'projector'],
  ['model.mmproj-Q8_0.gguf', 'projector'],
  ['commproject.gguf', null],
  ['my-lora-F16.gguf', 'adapter'],
  ['exploration.gguf', null],
  ['incomplete-model.gguf', 'unfinished'],
  ['model.gguf.part', 'unfinished'],
] as const)('left out by name: %s', (name, expected) => {
  expect(leftOutByName(name)).toBe(expected)
})

test.each([
  ['Qwen3.5-2B-Q4_K_M.gguf', 'Q4_K_M'],
  ['model.Q8_0.gguf', 'Q8_0'],
  ['Model-UD-IQ3_XXS.gguf', 'IQ3_XXS'],
  ['model-f16.gguf', 'F16'],
  ['model-BF16.gguf', 'BF16'],
  ['gpt-oss-20b-MXFP4.gguf', 'MXFP4'],
  ['Llama-3.2-3B-Instruct.gguf', null],
] as const)('quantisation: %s', (name, expected) => {
  expect(quantisationOf(name)).toBe(expected)
})
