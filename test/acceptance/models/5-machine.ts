// Row: this computer: a GPU that explains itself on fakes that fail in every way, models measured, a clean report, the four answers.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'machine',
  doneWhen:
    'On a fake GPU (all, some, none of the layers fit; out of memory at load and at work; crash, crash loop, lost): the ' +
    'state is said, remembered by model, device and driver, the work goes on, and one press restores what worked. ' +
    'Models are measured on the real engine. The report for support holds none of the canaries. At the limit of the ' +
    'context all four answers work on the real engine, and in a real Chromium. No real GPU was at hand.',
  run: async (evidence) => {
    evidence('GPU: every figure here comes from a fake engine; no real GPU was at hand, and no offload was measured.')
    const gpu = [
      'test/unit/inference/inferenceClientGpu.test.ts',
      'test/unit/inference/logic/gpuPlan.test.ts',
      'test/unit/models/machine/machineService.test.ts',
      'test/unit/models/machine/machineContext.test.ts',
      'test/unit/models/logic/measureQuality.test.ts',
      'test/unit/diagnostics',
      'test/unit/hosts/node/onBattery.test.ts',
    ]
    const fakes = await suite('unit', gpu, evidence)
    const real = await suite(
      'hosts',
      ['test/hosts/doctorMachine.test.ts', 'test/hosts/contextAnswers.test.ts'],
      evidence,
    )
    const window = await suite('browser', ['test/browser/contextQuestion.test.ts'], evidence)
    return fakes && real && window ? 'green' : 'red'
  },
}
