// Builds packages for one target: the app, its stage, then the packager with what this machine and this order add.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform, type Configuration } from 'electron-builder'
import { buildElectron } from '../buildElectron.ts'
import { commitTime } from './commitTime.ts'
import { overrides, type Order } from './overrides.ts'
import { engineInstalled, stageApp } from './stageApp.ts'
import { writeStandInElectron } from './standInElectron.ts'
import { nameOf, packedFolder } from './target.ts'
import { thirdPartyNotices } from './thirdPartyNotices.ts'

/** The packager's names of the systems. */
const platforms = { linux: Platform.LINUX, win: Platform.WINDOWS, mac: Platform.MAC } as const

/** A finished build: the packed folder, what goes to people (none for an order of the folder only), its packages. */
export type Built = { readonly folder: string; readonly artifacts: readonly string[] }

/** Builds; answers undefined when the app itself cannot be built, after saying why. Throws what the packager throws. */
export async function buildPackage(
  repository: string,
  order: Order,
  say: (line: string) => void,
): Promise<Built | undefined> {
  if (!buildElectron(repository, say)) return undefined
  const { target, output } = order
  const workFolder = join(repository, '.sotto', 'package', `${nameOf(target)}-${process.pid}`)
  try {
    const { folder: app, packages } = stageApp(repository, join(workFolder, 'app'))
    if (!order.standIn && !engineInstalled(join(app, 'node_modules'), target)) {
      throw new Error(`The engine for ${nameOf(target)} is not installed here; build this package on that system.`)
    }
    say(`Laid out: ${packages.length} packages for ${nameOf(target)}`)
    const notices = join(workFolder, 'THIRD-PARTY-NOTICES.txt')
    writeFileSync(notices, thirdPartyNotices(repository))
    const electron = join(workFolder, 'electron')
    const version = electronVersion(repository)
    if (order.standIn) await writeStandInElectron(electron, target, version)
    rmSync(join(output, packedFolder(target)), { recursive: true, force: true })
    mkdirSync(output, { recursive: true })
    const config: Configuration = {
      ...overrides(order, process.env),
      directories: { app, output },
      electronVersion: version,
      extraResources: licences(repository, notices),
      ...(order.standIn ? { electronDist: electron } : {}),
    }
    process.env['SOURCE_DATE_EPOCH'] = String(commitTime(repository, process.env))
    const kinds = order.folderOnly ? ['dir'] : []
    const targets = platforms[target.system].createTarget(kinds, Arch[target.arch])
    const artifacts = await build({ targets, projectDir: repository, config, publish: 'never' })
    return { folder: join(output, packedFolder(target)), artifacts }
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

function licences(repository: string, notices: string): { readonly from: string; readonly to: string }[] {
  const own = ['LICENSE', 'NOTICE'].map((name) => ({ from: join(repository, name), to: `licences/${name}.txt` }))
  return [...own, { from: notices, to: 'licences/THIRD-PARTY-NOTICES.txt' }]
}

function electronVersion(repository: string): string {
  const text = readFileSync(join(repository, 'node_modules', 'electron', 'package.json'), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version // as: npm's own format
}
