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
  if (json) {
    const { policyOutput } = await import('../output.ts')
    terminal.json(policyOutput.parse({ policy: state.value, managed }))
    return done
  }
  const { say } = translator
  terminal.print(harmless(say(`cli.policy.${state.value.state}`, { source: state.value.source ?? '' })))
  if (state.value.sha256 !== null)
    terminal.print(terminal.quiet(say('cli.policy.fingerprint', { sha256: state.value.sha256 })))
  for (const issue of state.value.issues) terminal.print(`  ${harmless(issue)}`)
  if (managed.length > 0) terminal.print(`\n${terminal.strong(say('cli.policy.locked'))}`)
  for (const { key, value, reason, contact } of managed) {
    terminal.print(`  ${harmless(say('cli.policy.setting', { key, value: String(value) }))}`)
    const why = [reason, contact].filter((part) => part !== null && part !== '').join(' ')
    if (why !== '') terminal.print(terminal.quiet(`    ${harmless(why)}`))
  }
  return done
}
