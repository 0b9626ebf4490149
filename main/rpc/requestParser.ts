// Reads what a window sent: a frame, a refusal that can be answered, or nonsense that ends the connection.
import type { z } from 'zod'
import { requestFrame, type RequestFrame } from '#contract/frames.ts'
import { maxFrameCharacters } from '#contract/protocol.ts'

/** What a text was. `refused` names the call it can be answered on; `nonsense` cannot be answered at all. */
export type ParsedRequest =
  | { readonly kind: 'frame'; readonly frame: RequestFrame }
  | { readonly kind: 'refused'; readonly id: number; readonly issues: readonly string[] }
  | { readonly kind: 'nonsense' }

/** Where a call's id stands when the frame is too long to be parsed. */
const idAtStart = /^\{"type":"call","id":(\d{1,15}),/

/** Parses one frame; a text over the size cap is never parsed. */
export function parseRequest(text: string): ParsedRequest {
  if (text.length > maxFrameCharacters) {
    const id = idAtStart.exec(text.slice(0, 64))?.[1]
    return id === undefined
      ? { kind: 'nonsense' }
      : { kind: 'refused', id: Number(id), issues: [`longer than ${maxFrameCharacters} characters`] }
  }
  const value = parseJson(text)
  const parsed = requestFrame.safeParse(value)
  if (parsed.success) return { kind: 'frame', frame: parsed.data }
  const id = idOf(value)
  return id === null ? { kind: 'nonsense' } : { kind: 'refused', id, issues: issuesOf(parsed.error) }
}

/** Where an input does not fit and how, never the value itself: `path.to.field: code`. */
export function issuesOf(error: z.ZodError): readonly string[] {
  return error.issues.map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.code}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function idOf(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null
  if (!('type' in value) || value.type !== 'call' || !('id' in value)) return null
  return typeof value.id === 'number' && Number.isSafeInteger(value.id) && value.id >= 0 ? value.id : null
}
