// The passage under the pointer or the focus, shared by the chips and the source beside them.
import { createContext, useContext } from 'react'
import type { Passage } from '../../state/documents/source.ts'

/** What is hovered, and how a chip says so. */
export type Hover = { readonly passage: Passage | null; readonly hover: (passage: Passage | null) => void }

/** Provided by the document's page. */
export const HoverContext = createContext<Hover>({ passage: null, hover: () => undefined })

/** The hovered passage and how to change it. */
export function useHover(): Hover {
  return useContext(HoverContext)
}
