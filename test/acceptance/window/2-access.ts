// Row: the same by keyboard alone, and axe in every room and state, both themes, both languages, at 200 % zoom.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'access',
  doneWhen:
    'The same main job by keyboard alone. axe without serious findings in every room and state, both themes, both ' +
    'languages, 200 % zoom.',
  async run(evidence) {
    return (await suite('browser', ['keyboard', 'axe'], evidence, { deep: true })) ? 'green' : 'red'
  },
}
