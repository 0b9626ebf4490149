// The wire frames, the same on every transport, and the port that carries them.
import { z } from 'zod'
import type { Failure } from './failures.ts'

export { maxFrameCharacters, protocolVersion } from './protocol.ts'

const id = z.number().int().nonnegative()

/** What a window, or the CLI, may send. */
export const requestFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('call'), id, method: z.string().max(100), input: z.unknown() }),
  z.strictObject({ type: z.literal('cancel'), id }),
])
export type RequestFrame = z.infer<typeof requestFrame>

/** What comes back. `item.seq` counts from 0 per call; a stream ends with `done` or `fail`. */
export type ReplyFrame =
  | { readonly type: 'hello'; readonly protocolVersion: number }
  | { readonly type: 'item'; readonly id: number; readonly seq: number; readonly value: unknown }
  | { readonly type: 'done'; readonly id: number; readonly value?: unknown }
  | { readonly type: 'fail'; readonly id: number; readonly failure: Failure }
  | { readonly type: 'event'; readonly topic: string; readonly value: unknown }

/**
 * One end of a connection. Frames travel as JSON text. `onFrame` and `onClose` take one listener each and must be
 * set in the same turn the port is received; `post` after close is ignored.
 */
export type FramePort = {
  post(text: string): void
  onFrame(listener: (text: string) => void): void
  onClose(listener: () => void): void
  close(): void
}
