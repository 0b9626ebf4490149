// The security scan of the code that runs with Electron's rights, apart from the house's lint: every rule, no exceptions in
// the code; what is found is either mended or reasoned away, finding by finding, in securityFindings.ts.
import { relative, sep } from 'node:path'
import { ESLint, type Linter } from 'eslint'
// @ts-expect-error: the package brings no types
import untyped from 'eslint-plugin-security'
import tseslint from 'typescript-eslint'

/** How grave a finding is, as such tools say it; a note is a remark that asks for nothing. */
export type Level = 'error' | 'warning' | 'note'

/** One finding: what, where (from the repository, forward slashes), and the line itself. */
export type Finding = {
  readonly level: Level
  readonly rule: string
  readonly file: string
  readonly line: number
  readonly text: string
}

/** Why findings of a rule in a file, on lines that contain `code`, are none. */
export type Reasoned = {
  readonly rule: string
  readonly file: string
  readonly code: string
  readonly reason: string
}

/** What is left, what was reasoned away, and reasons that no finding needs any more. */
export type Judged = {
  readonly open: readonly Finding[]
  readonly answered: readonly Finding[]
  readonly stale: readonly Reasoned[]
}

const plugin = untyped as { readonly rules: Readonly<Record<string, never>> } // as: a lint plugin

/** Code that runs in Electron's main process as its host, and the bridge into the window. */
const scanned = ['main/hosts/electron/**/*.ts', 'main/hosts/node/**/*.ts', 'preload/**/*.ts']

/** Rules whose finding is a hole in itself; of the others each finding asks a question. */
const grave = /eval|child-process|csrf|mustache|new-buffer|noassert|bidi|invisible|pseudoRandom/

/** Runs every rule of eslint-plugin-security; comments in the code turn nothing off. Answers the files read as well. */
export async function scanWithLint(
  repository: string,
): Promise<{ readonly files: number; readonly findings: readonly Finding[] }> {
  const rules = Object.fromEntries(Object.keys(plugin.rules).map((rule) => [`security/${rule}`, 'warn' as const]))
  const parser = tseslint.parser as Linter.Parser // as: the same parser the house's lint uses
  const overrideConfig = [{ files: ['**/*.ts'], plugins: { security: plugin }, languageOptions: { parser }, rules }]
  const eslint = new ESLint({ cwd: repository, overrideConfigFile: true, overrideConfig, allowInlineConfig: false })
  const results = await eslint.lintFiles(scanned)
  const findings = results.flatMap(({ filePath, messages, source }) =>
    messages.map(({ ruleId, line }): Finding => {
      const rule = ruleId ?? 'not readable'
      const level = ruleId === null || grave.test(rule) ? 'error' : 'warning'
      const file = relative(repository, filePath).split(sep).join('/')
      return { level, rule, file, line, text: source?.split('\n')[line - 1]?.trim() ?? '' }
    }),
  )
  return { files: results.length, findings }
}

/** Sets reasons against findings. A note stays a note; everything else needs its reason. */
export function judge(findings: readonly Finding[], reasons: readonly Reasoned[]): Judged {
  const answers = (reason: Reasoned, { rule, file, text }: Finding): boolean =>
    reason.rule === rule && reason.file === file && text.includes(reason.code)
  const isAnswered = (finding: Finding): boolean => reasons.some((reason) => answers(reason, finding))
  const asking = findings.filter(({ level }) => level !== 'note')
  return {
    open: asking.filter((finding) => !isAnswered(finding)),
    answered: asking.filter(isAnswered),
    stale: reasons.filter((reason) => !findings.some((finding) => answers(reason, finding))),
  }
}
