// Row: nobody but our own window gets in, and the profile leaves nothing behind.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'door',
  doneWhen:
    'A second client without cookie, with a wrong Origin or Host, replaying the start code, or guessing the port is ' +
    'refused; the profile leaves nothing behind (canary).',
  async run(evidence) {
    const door = await suite('hosts', ['browser'], evidence)
    return door ? 'green' : 'red'
  },
}
