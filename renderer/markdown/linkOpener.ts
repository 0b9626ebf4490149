// How links reach the one place that may open them.
import { createContext } from 'react'
import type { SafeAddress } from './safeAddress.ts'

/** Asks the person and opens an address; null where nothing may be opened, and links are then words with their host. */
export const LinkOpenerContext = createContext<((address: SafeAddress) => void) | null>(null)
