// The list of components: what npm does not know is in it, and a commit has one list.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { completeBom, type Bom } from '../../scripts/packaging/sbom.ts'
import { checkout } from './standIn.ts'

const fromNpm: Bom = {
  bomFormat: 'CycloneDX',
  serialNumber: 'urn:uuid:of-npm',
  metadata: { timestamp: '2001-01-01T00:00:00.000Z', component: { type: 'library', name: 'folder', version: '0.1.0' } },
  components: [{ 'bom-ref': 'zod@4', type: 'library', name: 'zod', version: '4', licenses: [] }],
}
const bom = completeBom(fromNpm, checkout, 1_700_000_000)

describe('completeBom', () => {
  it('names the product and the time of its commit', () => {
    expect(bom.metadata).toEqual({
      timestamp: '2023-11-14T22:13:20.000Z',
      component: { type: 'application', name: 'sotto', version: '0.1.0' },
    })
  })

  it('adds what npm does not know', () => {
    expect(bom.components.map(({ type, name }) => `${type} ${name}`)).toEqual([
      'library zod',
      'framework electron',
      'library llama.cpp',
      'library sqlite',
      'data Source Serif 4',
      'data JetBrains Mono',
      'data Adobe CMaps',
      'machine-learning-model sotto-starter',
    ])
    const without = bom.components.filter(
      ({ version, name }) => name !== 'zod' && !/^v?\d|^[0-9a-f]{12}$/.test(version),
    )
    expect(without).toEqual([])
  })

  it('knows the model by the bytes that are packed', () => {
    const bytes = readFileSync(join(checkout, 'resources', 'models', 'sotto-starter.gguf'))
    const content = createHash('sha256').update(bytes).digest('hex')
    expect(bom.components.at(-1)?.hashes).toEqual([{ alg: 'SHA-256', content }])
  })

  it('has a number that is made from its content', () => {
    const number = bom['serialNumber']
    expect(number).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(completeBom({ ...fromNpm, serialNumber: 'another' }, checkout, 1_700_000_000)['serialNumber']).toBe(number)
    expect(completeBom(fromNpm, checkout, 1_700_000_001)['serialNumber']).not.toBe(number)
  })
})
