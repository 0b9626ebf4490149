// Whether a draft has become too old to approve, told the moment it does.
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { useEffect, useState } from 'react'

/** True once `expiresAt` is past; main decides in the end, by its own clock. */
export function useExpired({ expiresAt, state }: Pick<CloudDraft, 'expiresAt' | 'state'>): boolean {
  const [now, setNow] = useState(() => Date.now())
  const left = Date.parse(expiresAt) - now
  useEffect(() => {
    if (left <= 0) return undefined
    const timer = window.setTimeout(() => setNow(Date.now()), Math.min(left, 60_000) + 20)
    return () => window.clearTimeout(timer)
  }, [left])
  return state === 'expired' || left <= 0
}
