// `npm run package`: makes what people install. Options say for which system, signed or not, and what for.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackage } from './packaging/buildPackage.ts'
import type { Order } from './packaging/overrides.ts'
import { verifyPackage } from './packaging/verifyPackage.ts'
import { nameOf, processors, systems, thisTarget } from './packaging/target.ts'

const usage = `npm run package -- [options]
  --system ${systems.join('|')}    (this one)
  --arch ${processors.join('|')}         (this one)
  --dir                      only the packed folder, no installer
  --per-user                 Windows: the installer for one person
  --release                  signing is demanded; its secrets are in the environment (docs/packaging.md)
  --stand-in                 with a stand-in for Electron, to look at the package where its binary cannot be had
  --output FOLDER            (dist/packages)`

const repository = join(import.meta.dirname, '..')
process.exitCode = await main()

async function main(): Promise<number> {
  const order = readOrder()
  if (order === undefined) {
    console.error(usage)
    return 2
  }
  const built = await buildPackage(repository, order, console.error)
  if (built === undefined) return 1
  const { packed, problems } = await verifyPackage(repository, built.folder, order.target)
  console.log(`${nameOf(order.target)}: ${built.folder}, natives ${packed.sizes.natives} bytes`)
  for (const artifact of built.artifacts) console.log(artifact)
  for (const problem of problems) console.error(problem)
  return problems.length === 0 ? 0 : 1
}

function readOrder(): Order | undefined {
  const { values } = parseArgs({
    options: {
      system: { type: 'string' },
      arch: { type: 'string' },
      output: { type: 'string', default: join(repository, 'dist', 'packages') },
      dir: { type: 'boolean', default: false },
      'per-user': { type: 'boolean', default: false },
      release: { type: 'boolean', default: false },
      'stand-in': { type: 'boolean', default: false },
    },
  })
  const here = thisTarget()
  const system = systems.find((name) => name === (values.system ?? here?.system))
  const arch = processors.find((name) => name === (values.arch ?? here?.arch))
  if (system === undefined || arch === undefined) return undefined
  return {
    target: { system, arch },
    output: resolve(values.output),
    folderOnly: values.dir,
    perUser: values['per-user'],
    release: values.release,
    standIn: values['stand-in'],
  }
}
