// Row: the Models room and the context question in a real Chromium.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'window',
  doneWhen:
    'In a real Chromium: verdicts in words, a download paused, the window reloaded, resumed and complete; models of ' +
    'other programs linked; the GPU panel and its test; a model measured and drawn; the question at the context’s limit.',
  run: async (evidence) =>
    (await suite('browser', ['test/browser/models.test.ts', 'test/browser/contextQuestion.test.ts'], evidence))
      ? 'green'
      : 'red',
}
