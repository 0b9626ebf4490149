// Row: models of other programs are found and linked, and their files stay what they are.
import type { Row } from '../row.ts'
import { suite } from '../suite.ts'

export const row: Row = {
  name: 'import',
  doneWhen:
    'Mock folders of LM Studio, Ollama, Jan, GPT4All and the Hugging Face cache: every model found by name, what is none ' +
    'left out with its reason, all five linked where they lie, hashes and dates of all their files equal before and ' +
    'after, and removing a model from Sotto leaves its file.',
  run: async (evidence) => {
    const found = await suite('unit', ['test/unit/models/peers/peerService.test.ts'], evidence)
    const linked = await suite('faults', ['test/faults/modelsImport.test.ts'], evidence)
    return found && linked ? 'green' : 'red'
  },
}
