// Row: C1 to C9 by id, and random sequences of calls against the rpc door.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'properties',
  doneWhen:
    'C1–C9 by id; 10,000 random call sequences against the rpc door (300 in npm test, seeded): no content ' +
    'byte leaves without a live grant; one byte changed between approval and socket is refused; the renderer cannot mint; after a restart ' +
    'in the middle of a document no byte leaves and the job asks.',
  limitMinutes: 45,
  run: async (evidence) => {
    const files = ['consent', 'sequences', 'documentJob'].map((name) => `test/unit/cloud/${name}.test.ts`)
    const consent = await suite('unit', files, evidence, { deep: true })
    const door = await suite('unit', ['test/unit/egress/egressGate.content.test.ts'], evidence)
    return consent && door ? 'green' : 'red'
  },
}
