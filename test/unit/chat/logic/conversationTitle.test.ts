// Titles from first words and from models.
import { describe, expect, test } from 'vitest'
import { titleFromFirstWords, titleFromModel } from '../../../../main/chat/logic/conversationTitle.ts'

describe('titleFromFirstWords', () => {
  test.each([
    ['Hello', 'Hello'],
    ['  Two\n lines\u0000 here ', 'Two lines here'],
    ['', ''],
    [
      'Please compare the two contracts that I have attached and tell me what changed',
      'Please compare the two contracts that I have attached and…',
    ],
    ['x'.repeat(80), `${'x'.repeat(59)}…`],
    ['😀'.repeat(80), `${'😀'.repeat(59)}…`],
  ])('%j', (text, title) => {
    expect(titleFromFirstWords(text)).toBe(title)
  })
})

describe('titleFromModel', () => {
  test.each([
    ['"Trip to Rome."', 'Trip to Rome'],
    ['\n\n**Title: Trip to Rome**\nMore', 'Trip to Rome'],
    ['# „Reise nach Rom“', 'Reise nach Rom'],
    ['Why 3.5?', 'Why 3.5?'],
    ['"""', null],
    ['', null],
  ])('%j', (text, title) => {
    expect(titleFromModel(text)).toBe(title)
  })
})
