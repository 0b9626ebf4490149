// Row: damaged headers never take the app down, neither through our validator nor through the engine.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'headers',
  doneWhen:
    'Mutated headers through the validator (300 in npm test, 10,000 in test:deep), its survivors (at most 3 and 200) ' +
    'through the engine in its own process: no crash of the app, no hang.',
  run: async (evidence) =>
    (await suite('hosts', ['test/hosts/modelDownloadHeaders.test.ts'], evidence)) ? 'green' : 'red',
}
