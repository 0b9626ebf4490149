// A button that cannot be pressed by a hand that was already on its way.
import { useEffect, useState } from 'react'

/** Milliseconds in which a fresh button does nothing. */
export const inertMilliseconds = 600

/** True until the thing named by `key` has stood still for that long; begins anew with every other `key`. */
export function useInert(key: string): boolean {
  const [awake, setAwake] = useState<string | null>(null)
  useEffect(() => {
    const timer = window.setTimeout(() => setAwake(key), inertMilliseconds)
    return () => window.clearTimeout(timer)
  }, [key])
  return awake !== key
}
