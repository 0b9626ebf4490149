// The view of the library, or of one of its folders, in which it is asked.
import { type ReactNode, useMemo } from 'react'
import { AskPage } from './AskPage.tsx'

/** Questions to a folder, or to everything that was read (null). */
export function AskLibrary({ folderId }: { readonly folderId: string | null }): ReactNode {
  const scope = useMemo(() => (folderId === null ? ({ library: true } as const) : { folderId }), [folderId])
  return <AskPage scope={scope} />
}
