// The text of every licence that comes with Sotto, in one file, gathered from the packages themselves.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runtimePackages } from './runtimePackages.ts'
import { neverLoaded } from './stageApp.ts'

/** File names under which packages keep their licences and notices. */
const licenceFile = /^(licen[cs]e|copying|notice)([-.].*)?$/i

/**
 * One section per package Sotto depends on, those the window was built from included: name, version, licence as
 * declared, and its licence files word for word.
 */
export function thirdPartyNotices(repository: string): string {
  const text = readFileSync(join(repository, 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(text) as { readonly dependencies: Record<string, string> } // as: our own package.json
  const sections = runtimePackages(repository, Object.keys(dependencies), neverLoaded).map(
    ({ name, version, licence, folder }) => {
      const texts = licenceTexts(join(repository, folder))
      return [`${name} ${version}: ${licence}`, ...texts].join('\n\n')
    },
  )
  return `${[head, ...sections].join(`\n\n${'='.repeat(80)}\n\n`)}\n`
}

const head =
  'Sotto contains these packages. Electron and Chromium bring their own: LICENSE.electron.txt, LICENSES.chromium.html. ' +
  'The starter model, llama.cpp, SQLite and the fonts are named in NOTICE.'

function licenceTexts(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
}
