// The place for the export menu beside any result; the shell fills it, so that features need not know each other.
import type { ExportSubject } from '#contract/export.ts'
import { createContext, type ReactNode, useContext } from 'react'

/** What fills the slot for one result. */
export type FillExportSlot = (what: ExportSubject) => ReactNode

/** The export menu, provided once by the shell; nothing is shown without one. */
export const ExportSlotContext = createContext<FillExportSlot | null>(null)

/** The export menu for one result. */
export function ExportSlot({ what }: { readonly what: ExportSubject }): ReactNode {
  const fill = useContext(ExportSlotContext)
  return fill === null ? null : fill(what)
}
