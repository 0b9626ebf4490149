// Furniture of the canary tree: breaks nothing.
import { z } from 'zod'

/** Stands here so that a canary can import it. */
export const chatSchema = z.string()
/** Its shape. */
export type ChatText = z.output<typeof chatSchema>
