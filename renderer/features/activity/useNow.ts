// The time, told again every so often, for words like "just now".
import { useEffect, useState } from 'react'

/** The current time, renewed every `everyMilliseconds`. */
export function useNow(everyMilliseconds: number): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMilliseconds)
    return () => clearInterval(timer)
  }, [everyMilliseconds])
  return now
}
