// The place for the export menu beside any result; the shell fills it, so that features need not know each other.
import type { ExportSubject } from '#contract/export.ts'
import { type ComponentType, createContext, type ReactNode, useContext } from 'react'

/** What fills the slot. */
export type ExportMenuType = ComponentType<{ readonly what: ExportSubject }>

/** The export menu, provided once by the shell; nothing is shown without one. */
export const ExportSlotContext = createContext<ExportMenuType | null>(null)

/** The export menu for one result. */
export function ExportSlot({ what }: { readonly what: ExportSubject }): ReactNode {
  const Menu = useContext(ExportSlotContext)
  return Menu === null ? null : <Menu what={what} />
}
