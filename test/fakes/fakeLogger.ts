// A logger that keeps its lines for the test to look at.
import type { LogFields, Logger } from '../../main/host.ts'

/** One logged line. */
export type LoggedLine = {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly fields: LogFields
}

/** A logger and the lines it was given, oldest first. */
export type FakeLogger = Logger & { readonly lines: LoggedLine[] }

/** Makes one. */
export function createFakeLogger(): FakeLogger {
  const lines: LoggedLine[] = []
  return {
    lines,
    info: (event, fields = {}) => void lines.push({ level: 'info', event, fields }),
    warn: (event, fields = {}) => void lines.push({ level: 'warn', event, fields }),
    error: (event, fields = {}) => void lines.push({ level: 'error', event, fields }),
  }
}
