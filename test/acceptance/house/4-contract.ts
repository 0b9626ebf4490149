// Row: one contract suite over every transport, every canary fails as it must, and no document text in the clear on disk.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { canaryTokens } from '../canaryTokens.ts'
import type { Evidence, Row } from '../row.ts'
import { sotto } from '../runSotto.ts'
import { suite } from '../suite.ts'

const canary = 'The zanthorimel lighthouse ledger was sealed beneath quvintrax harbour in the forty-third winter.'

export const row: Row = {
  name: 'contract',
  doneWhen:
    'The contract suite passes unchanged over memory, an IPC double and a real WebSocket; every import-rule canary fails ' +
    'as it must; a canary text and its token ids appear in no file the run wrote.',
  async run(evidence) {
    const contract = await suite('contract', [], evidence, { details: false })
    const rules = await suite('rules', [], evidence, { details: false })
    const strace = ensureDebianPackage('strace', ['strace'])
    if (strace.path === undefined) return { skipped: strace.reason ?? 'no strace' }
    const clean = await nothingInTheClear(strace.path, evidence)
    return contract && rules && clean ? 'green' : 'red'
  },
}

/** Runs a summary and a chat on a canary document with every place a program may write confined to one folder. */
async function nothingInTheClear(strace: string, evidence: Evidence): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-canary-'))
  try {
    const places = { home: join(folder, 'home'), temporary: join(folder, 'tmp'), data: join(folder, 'data') }
    for (const place of Object.values(places)) mkdirSync(place)
    const document = join(folder, 'canary.txt')
    writeFileSync(document, `${canary} `.repeat(1) + 'The keeper wrote this line too. Nobody came in spring.\n')
    const trace = join(folder, 'trace')
    const prefix = [
      strace,
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-e',
      'trace=open,openat,creat,rename,renameat,renameat2',
      '-o',
      trace,
    ]
    const env = { HOME: places.home, TMPDIR: places.temporary, XDG_CONFIG_HOME: places.home }
    const summary = await sotto(['summarize', document, '--json', '--data', places.data], { prefix, env })
    const asked = await sotto(['ask', `Summarize: ${canary}`, '--json', '--data', places.data], { env })
    const doctor = await sotto(['doctor', '--data', places.data], { env })
    const written = writtenFiles(readFileSync(trace, 'utf8'))
    const elsewhere = written.filter((path) => !path.startsWith(folder) && !/^\/(dev|proc|sys)\//.test(path))
    const needles = await canaryTokens(canary)
    const files = filesBelow([places.home, places.temporary, places.data])
    const control = needles.some(({ bytes }) => readFileSync(document).includes(bytes))
    const found = files.filter((path) => needles.some(({ bytes }) => readFileSync(path).includes(bytes)))
    evidence(
      `summary exit ${summary.code}, ask exit ${asked.code}, doctor exit ${doctor.code}; ${files.length} files written, ` +
        `${found.length} hold the canary as any of ${needles.map(({ name }) => name).join(', ')}; ` +
        `${elsewhere.length} files opened for writing elsewhere; the document itself holds it: ${String(control)}`,
    )
    for (const path of [...found, ...elsewhere].slice(0, 8)) evidence(`  ${path.replace(folder, '')}`)
    return (
      control &&
      summary.code === 0 &&
      asked.code === 0 &&
      files.length > 0 &&
      found.length === 0 &&
      elsewhere.length === 0
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Files opened for writing; calls that failed do not count, calls strace shows in two halves do. */
function writtenFiles(trace: string): readonly string[] {
  const opened = trace.matchAll(/^.*open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", .*O_(?:WRONLY|RDWR|CREAT).*$/gm)
  return [...new Set([...opened].filter(([line]) => !line.includes('= -1 ')).map(([, path]) => path ?? ''))]
}

function filesBelow(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  )
}
