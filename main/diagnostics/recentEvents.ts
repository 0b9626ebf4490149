// Remembers which warnings and errors were logged in this run, by event and code, for a report to support.
import type { LogFields, Logger } from '../host.ts'

/** How often an event was logged with a code, and when last (ISO 8601). */
export type RecentEvent = {
  readonly level: 'warn' | 'error'
  readonly event: string
  readonly code: string | null
  readonly count: number
  readonly lastAt: string
}

/** So many kinds of events are remembered; a run has a few dozen at most. */
const most = 100

/** A logger that passes everything on. */
export class RecentEvents implements Logger {
  readonly #logger: Logger
  readonly #now: () => Date
  readonly #events = new Map<string, RecentEvent>()

  constructor(logger: Logger, now: () => Date) {
    this.#logger = logger
    this.#now = now
  }

  /** What was logged so far, oldest kind first. */
  list(): readonly RecentEvent[] {
    return [...this.#events.values()]
  }

  info(event: string, fields?: LogFields): void {
    this.#logger.info(event, fields)
  }

  warn(event: string, fields?: LogFields): void {
    this.#note('warn', event, fields)
    this.#logger.warn(event, fields)
  }

  error(event: string, fields?: LogFields): void {
    this.#note('error', event, fields)
    this.#logger.error(event, fields)
  }

  #note(level: 'warn' | 'error', event: string, fields: LogFields = {}): void {
    const given = fields['failure'] ?? fields['code']
    const code = typeof given === 'string' ? given : null
    const key = `${level} ${event} ${code ?? ''}`
    const known = this.#events.get(key)
    if (known === undefined && this.#events.size >= most) return
    this.#events.set(key, { level, event, code, count: (known?.count ?? 0) + 1, lastAt: this.#now().toISOString() })
  }
}
