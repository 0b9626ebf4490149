// Something that is only needed where a wait becomes long: it does not flash up for those that are over at once.
import { type ReactNode, useEffect, useState } from 'react'

type LateProps = { readonly milliseconds: number; readonly children: ReactNode }

/** Its children, once it has been there for so many milliseconds; nothing before. */
export function Late({ milliseconds, children }: LateProps): ReactNode {
  const [there, setThere] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setThere(true), milliseconds)
    return () => window.clearTimeout(timer)
  }, [milliseconds])
  return there ? children : null
}
