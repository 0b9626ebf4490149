// Row: nothing is asked of anybody before the approval, faults send nothing twice, and helpers cannot reach the door.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'no-request',
  doneWhen:
    'No request happens between prepare and approve (asserted); auxiliary modules cannot reach the door (canaries); each ' +
    'fault on the way is a coded failure that says what was sent.',
  run: async (evidence) => {
    // The connection count is compared before and after preparing in every one of these.
    const asserted = await suite('unit', ['test/unit/cloud/bytes.test.ts'], evidence, { details: false })
    const faults = await suite('unit', ['test/unit/cloud/faults.test.ts'], evidence)
    const canaries = await suite('rules', [], evidence, { details: false })
    return asserted && faults && canaries ? 'green' : 'red'
  },
}
