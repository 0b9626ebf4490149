// Which host `npm start` opens: Electron where its binary is or can be had, else the browser; the choice is remembered.

/** The two ways to open a window. */
export type HostName = 'electron' | 'browser'

/** What is remembered between starts; `why` says whose choice it was. */
export type RememberedHost = { readonly host: HostName; readonly why: 'asked' | 'unreachable' | 'interrupted' }

/** What the choice is made from. Nothing here is called unless the step is reached. */
export type ElectronQuestion = {
  /** Whether this version of Sotto can run in Electron at all. */
  readonly supported: boolean
  readonly remembered: RememberedHost | null
  remember(choice: RememberedHost | null): void
  /** Whether the binary is on this machine. */
  installed(): boolean
  /** The address its binary would come from, by the installer's own rules. */
  source(): Promise<string>
  /** Whether that address answers within `milliseconds`. */
  reachable(address: string, milliseconds: number): Promise<boolean>
  /** Fetches and unpacks the binary, saying how far it is. */
  download(signal: AbortSignal): Promise<'done' | 'failed'>
  /** Ends the download when the person presses Ctrl+C; the answer stops listening. */
  onInterrupt(listener: () => void): () => void
  say(line: string): void
}

/** How long the binary's source may take to answer, in milliseconds. */
export const probeMs = 5_000

/**
 * The host to open. A named host is remembered until another is named; a binary that is there is used; one that is not
 * is fetched if its source answers, and what did not work is not tried again until `--host=electron` asks for it.
 */
export async function chooseHost(asked: HostName | null, question: ElectronQuestion): Promise<HostName> {
  const { supported, remembered, say } = question
  if (!supported) {
    if (asked === 'electron') say('This version of Sotto does not run in Electron yet; it opens in the browser.')
    return 'browser'
  }
  if (asked === 'browser') question.remember({ host: 'browser', why: 'asked' })
  if (asked === 'browser' || (asked === null && remembered?.why === 'asked')) return 'browser'
  if (asked === 'electron') question.remember(null)
  if (question.installed()) return 'electron'
  if (asked === null && remembered !== null) return 'browser'
  return fetchElectron(question)
}

async function fetchElectron(question: ElectronQuestion): Promise<HostName> {
  const { say } = question
  const address = await question.source()
  if (!(await question.reachable(address, probeMs))) {
    say(`Electron cannot be fetched from ${new URL(address).host}, so Sotto opens in the browser.`)
    return fallBack(question, 'unreachable')
  }
  say('Fetching Electron, once. Ctrl+C opens Sotto in the browser instead.')
  const controller = new AbortController()
  const stopListening = question.onInterrupt(() => controller.abort())
  const outcome = await question.download(controller.signal)
  stopListening()
  if (controller.signal.aborted) return fallBack(question, 'interrupted')
  if (outcome === 'done') return 'electron'
  say('Electron could not be fetched, so Sotto opens in the browser.')
  return fallBack(question, 'unreachable')
}

function fallBack(question: ElectronQuestion, why: RememberedHost['why']): HostName {
  question.remember({ host: 'browser', why })
  question.say('This is remembered. To try Electron again: npm start -- --host=electron')
  return 'browser'
}
