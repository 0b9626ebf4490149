// Which broken rules open a way out, and which are about the order of the house only: for the report of `prove:offline`.

/** Findings that concern the door, and the others; each a line to print. */
export type RuleFindings = { readonly door: readonly string[]; readonly order: readonly string[] }

/** One file of eslint's JSON report. */
export type LintedFile = {
  readonly filePath: string
  readonly messages: readonly { readonly ruleId: string | null; readonly line: number; readonly message: string }[]
}

/**
 * Import rules about the order of the house. They count all the same where the door or the cloud is at one end. Every
 * other rule, a new one too, is held to keep a way out shut.
 */
const orderRules =
  /^(?:no-cycles|no-cycles-at-run-time-in-the-window|rooms-show-their-service|no-looking-up-to-[\w-]+|documents-(?:views-know-parts-only|parts-stand-alone)|renderer-(?:features-do-not-see-each-other|ui-and-state-are-below-features)):/
const doorRooms = /main\/(?:egress|cloud)\//
/** Lint rules under which the network, processes and back doors are refused. */
const wayOutRules: ReadonlySet<string> = new Set([
  'no-restricted-globals',
  'no-restricted-imports',
  'no-restricted-syntax',
])
/** Syntax that is refused for other reasons; the message ends with the name. */
const orderSyntax =
  /\((?:no-module-let|no-default-export|no-barrel|top-level-functions|no-message-matching|no-clock|no-chance)\)$/

/** Whether a broken rule of this name would be told as a way out, wherever it was broken. */
export function keepsAWayShut(rule: string): boolean {
  return !orderRules.test(`${rule}:`)
}

/** Sorts what scripts/importRules.ts printed. Tests and scripts are not shipped; output without the count of modules is a finding. */
export function importFindings(output: string): RuleFindings {
  const lines = output.split('\n').filter((line) => line.trim() !== '')
  const counted = lines.some((line) => /^\d+ modules, \d+ dependencies$/.test(line))
  const problems = lines.filter((line) => !/^\d+ modules, |^[\w-]+: (?:test|scripts)\//.test(line))
  const isOrder = (line: string): boolean => orderRules.test(line) && !doorRooms.test(line)
  const door = problems.filter((line) => !isOrder(line))
  return { door: counted ? door : ['the modules were not counted', ...door], order: problems.filter(isOrder) }
}

/** Sorts what eslint found. A file it could not read counts as a way out: nobody knows what is in it. */
export function lintFindings(files: readonly LintedFile[]): RuleFindings {
  const door: string[] = []
  const order: string[] = []
  for (const { filePath, messages } of files) {
    for (const { ruleId, line, message } of messages) {
      const concerns = ruleId === null || (wayOutRules.has(ruleId) && !orderSyntax.test(message))
      const found = concerns ? door : order
      found.push(`${filePath}:${line} ${message}`)
    }
  }
  return { door, order }
}
