// Row: against a mirror that does everything wrong, every download ends complete and verified, or failed with its reason.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'downloads',
  doneWhen:
    'Against a loopback mirror that drops, stalls, truncates, corrupts, lies about ranges or lengths, redirects and is ' +
    'busy: every download ends complete and verified, or failed with its reason; kill -9 at 20 seeded moments (4 in npm ' +
    'test) never leaves a file that passes for complete; bytes fetched twice are at most one block.',
  run: async (evidence) => {
    const mirror = await suite('unit', ['test/unit/models/downloads/downloadService.test.ts'], evidence)
    const killed = await suite('faults', ['test/faults/modelDownloads.test.ts'], evidence, { deep: true })
    return mirror && killed ? 'green' : 'red'
  },
}
