// Row: damaged headers never take the app down, neither through our validator nor through the engine.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'headers',
  doneWhen:
    '10,000 mutated headers through the validator, its survivors (at most 200) through the engine in its own process: no ' +
    'crash of the app, no hang (300 and 3 in npm test).',
  limitMinutes: 45,
  run: async (evidence) =>
    (await suite('hosts', ['test/hosts/modelDownloadHeaders.test.ts'], evidence, { deep: true })) ? 'green' : 'red',
}
