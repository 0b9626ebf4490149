// `sotto policy`: what the organisation decides on this computer.
import { done, failed, wrong, type CommandContext, type Given, type Outcome, type Prepared } from '../command.ts'
import { harmless } from '../terminal.ts'

/** Reads the arguments of `policy`. */
export function policyCommand({ positionals }: Given): Prepared {
  const [extra] = positionals
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  return { place: { folder: 'always', mode: 'beside' }, run: policy }
}

async function policy(context: CommandContext): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const state = await client.call('settings.policy', {})
  if (!state.ok) return failed(state.failure)
  const settings = await client.call('settings.list', {})
  if (!settings.ok) return failed(settings.failure)
  const managed = settings.value.filter((setting) => setting.locked)
  // Whoever rolls a policy out asks by the exit code.
  const outcome: Outcome = state.value.state === 'invalid' ? { kind: 'reported' } : done
  if (json) {
    const { policyOutput } = await import('../output.ts')
    terminal.json(policyOutput.parse({ policy: state.value, managed }))
    return outcome
  }
  const { say } = translator
  terminal.print(harmless(say(`cli.policy.${state.value.state}`, { source: state.value.source ?? '' })))
  if (state.value.sha256 !== null)
    terminal.print(terminal.quiet(say('cli.policy.fingerprint', { sha256: state.value.sha256 })))
  for (const issue of state.value.issues) terminal.print(`  ${harmless(issueInWords(issue, say))}`)
  if (managed.length > 0) terminal.print(`\n${terminal.strong(say('cli.policy.locked'))}`)
  for (const { key, value, reason, contact } of managed) {
    terminal.print(`  ${harmless(say('cli.policy.setting', { key, value: String(value) }))}`)
    const words = reason === 'policy-invalid' ? say('cli.policy.failSafe') : reason
    const why = [words, contact].filter((part) => part !== null && part !== '').join(' ')
    if (why !== '') terminal.print(terminal.quiet(`    ${harmless(why)}`))
  }
  const { rules = [] } = state.value
  if (rules.length > 0) terminal.print(`\n${terminal.strong(say('cli.policy.rules'))}`)
  for (const { key, value } of rules) terminal.print(`  ${harmless(say('cli.policy.setting', { key, value }))}`)
  return outcome
}

/** A fault of the file or of its place by its code; a fault of a value by where it stands. */
function issueInWords(issue: string, say: CommandContext['translator']['say']): string {
  const [, key = '', code = issue] = /^(.*): (\w+)$/.exec(issue) ?? []
  const words = say(`cli.policy.issue.${knownIssues.has(code) ? code : 'other'}`)
  return key === '' ? words : `${key}: ${words}`
}

const knownIssues: ReadonlySet<string> = new Set([
  ...['not-json', 'file-not-regular', 'file-not-owned-by-root', 'file-writable-by-others', 'file-too-large'],
  ...['file-unreadable', 'folder-unreadable', 'folder-not-owned-by-root', 'folder-writable-by-others'],
  ...['unrecognized_keys', 'invalid_type', 'invalid_value'],
])
