// Command lines: understood, refused with the right words, and where each command works.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { commandNames, readCommandLine } from '../../../../main/hosts/cli/commandLine.ts'
import { runFakeCli } from './fakeCli.ts'

describe('reading', () => {
  test('options may stand anywhere, with or without =', () => {
    expect(readCommandLine(['--json', 'summarize', 'a.pdf', '--preset=bullets', '--data', 'd'])).toEqual({
      kind: 'run',
      command: 'summarize',
      options: { json: true, model: null, data: 'd', language: null },
      own: { preset: 'bullets' },
      positionals: ['a.pdf'],
    })
  })

  test('after -- everything is a file', () => {
    expect(readCommandLine(['extract', '--', '--json'])).toMatchObject({ positionals: ['--json'] })
  })

  test.each([
    [[], null],
    [['--help'], null],
    [['-h'], null],
    [['summarize', '--help'], 'summarize'],
    [['--help', 'ledger'], 'ledger'],
    [['help'], null],
    [['help', 'ledger'], 'ledger'],
  ])('%j is a call for help', (argv, command) => {
    expect(readCommandLine(argv)).toEqual({ kind: 'help', command, language: null })
  })
})

describe('refusing', () => {
  test.each<[readonly string[], string]>([
    [['sumarize', 'a'], 'There is no command “sumarize”. Did you mean “summarize”?'],
    [['quatsch'], 'There is no command “quatsch”.'],
    [['help', 'modles'], 'There is no command “modles”. Did you mean “models”?'],
    [['--json'], 'Which command?'],
    [
      ['extract', '-'],
      'Sotto reads files, not what is piped in: save it to a file and name that. (A file called “-” is “./-”.)',
    ],
    [['summarize'], 'Which file?'],
    [['summarize', 'a', '--at-once', '0'], '“0” does not fit the option --at-once.'],
    [['jobs', 'dance'], '“dance” is nothing that can be done with a job.'],
    [['jobs', 'stop'], 'Which job? “sotto jobs” shows them.'],
    [['jobs', 'resume', 'j1', '--with', 'both'], '“both” does not fit the option --with.'],
    [['summarize', 'a', '--presett', 'x'], 'There is no option “--presett” here. Did you mean --preset?'],
    [['summarize', 'a', '--limit', '3'], 'There is no option “--limit” here.'],
    [['summarize', 'a', '--preset', 'long'], '“long” does not fit the option --preset.'],
    [['summarize', 'a', '--preset', 'own'], 'The kind “own” needs an instruction: --instruction TEXT.'],
    [['summarize', 'a', '--preset', 'brief', '--instruction', 'x'], '“brief” does not fit the option --instruction.'],
    [['summarize', 'a', '--data'], 'The option --data needs a value.'],
    [['summarize', 'a', '--data', '--json'], 'The option --data needs a value.'],
    [['summarize', 'a', '--json=yes'], '“yes” does not fit the option --json.'],
    [['summarize', 'a', '--language', 'fr'], '“fr” does not fit the option --language.'],
    [['ask'], 'What is the question?'],
    [['ask', ' '], 'What is the question?'],
    [['extract'], 'Which file?'],
    [['models', 'burn'], '“burn” is nothing this command can do.'],
    [['models', 'import'], 'Which file?'],
    [['ledger', 'list', '--limit', '0'], '“0” does not fit the option --limit.'],
    [['ledger', 'burn'], '“burn” is nothing this command can do.'],
    [['policy', 'x'], '“x” is one argument too many.'],
    [['doctor', 'x'], '“x” is one argument too many.'],
  ])('%j', async (argv, sentence) => {
    const run = await runFakeCli(argv)
    expect(run).toMatchObject({ code: 2, output: '', orders: [] })
    expect(run.errors.split('\n')[0]).toBe(sentence)
    expect(run.errors).toContain('--help” says what each')
    expect(run.errors.split('\n').length).toBeLessThan(12)
  })
})

describe('speaking', () => {
  test('help and version go to the output and open nothing', async () => {
    expect(await runFakeCli(['--version'])).toEqual({ code: 0, output: '1.2.3\n', errors: '', orders: [], closed: 0 })
    const help = await runFakeCli(['--help'])
    expect(help).toMatchObject({ code: 0, errors: '', orders: [] })
    for (const name of ['summarize', 'ask', 'extract', 'models', 'doctor', 'ledger', 'policy']) {
      expect(help.output).toContain(`\n  ${name}`)
    }
    expect(help.output.split('\n').every((line) => line.length <= 80)).toBe(true)
  })

  test('every help fits into a narrow terminal, in both languages', async () => {
    for (const language of ['en', 'de']) {
      for (const command of [[], ...commandNames.map((name) => [name])]) {
        const { output } = await runFakeCli([...command, '--help', '--language', language], { columns: 40 })
        const tooWide = output.split('\n').filter((line) => line.length > 40 && / \S+ /.test(line.trim()))
        expect([command, tooWide]).toEqual([command, []])
      }
    }
  })

  test('the language comes from the option, else from the environment', async () => {
    const german = { environment: { LANG: 'de_AT.UTF-8' } }
    expect((await runFakeCli(['--help'], german)).output).toContain('Befehle')
    expect((await runFakeCli(['--help', '--language', 'en'], german)).output).toContain('Commands')
    expect((await runFakeCli(['x', '--language', 'de'])).errors).toContain('Einen Befehl „x“ gibt es nicht.')
  })
})

describe('where a command works', () => {
  const handlers = { 'models.list': async () => ok([]), 'settings.policy': async () => fail('disconnected', {}) }

  test('summarize, ask and extract keep nothing unless asked to', async () => {
    const plain = await runFakeCli(['extract', 'a.txt'])
    const kept = await runFakeCli(['extract', 'a.txt', '--data', 'd', '--model', 'm.gguf'])
    expect([...plain.orders, ...kept.orders]).toEqual([
      { folder: null, mode: 'own', modelPath: null },
      { folder: '/somewhere/d', mode: 'own', modelPath: '/somewhere/m.gguf' },
    ])
  })

  test('looking happens beside whoever has the folder open; importing owns it', async () => {
    const looked = await runFakeCli(['models'], { handlers })
    const imported = await runFakeCli(['models', 'import', 'm.gguf'])
    expect([...looked.orders, ...imported.orders]).toEqual([
      { folder: '/home/anna/.config/Sotto', mode: 'beside', modelPath: null },
      { folder: '/home/anna/.config/Sotto', mode: 'own', modelPath: null },
    ])
  })

  test('a session is closed however the command ended', async () => {
    expect((await runFakeCli(['models'], { handlers })).closed).toBe(1)
    expect((await runFakeCli(['policy'], { handlers })).closed).toBe(1)
  })

  test('a folder in use is a coded failure, alone on the output with --json', async () => {
    const open = async () => fail('data-in-use', { pid: 4711 })
    expect(await runFakeCli(['models', '--json'], { open })).toMatchObject({
      code: 1,
      errors: 'Opening…\n',
      output: `${JSON.stringify({
        failure: {
          code: 'data-in-use',
          message: 'Another Sotto (process 4711) is using this data folder.',
          nextStep: 'Close it, or use another folder with --data. Nothing was changed.',
        },
      })}\n`,
    })
  })

  test('a fault of ours names the place and a number, not what it held', async () => {
    const open = () => Promise.reject(new TypeError('secret'))
    const run = await runFakeCli(['models'], { open })
    expect(run.code).toBe(1)
    expect(run.errors).toContain('TypeError at commandLine.test.ts:')
    expect(run.errors).toContain('fault-1')
    expect(run.errors).not.toContain('secret')
  })
})
