// A button that cannot be pressed by a hand that was already on its way.
import { type KeyboardEvent, type RefObject, type SyntheticEvent, useEffect, useRef, useState } from 'react'

/** Milliseconds in which a fresh button does nothing. */
export const inertMilliseconds = 600

/** Inert or not, and handlers for what stands around the button: they hold back what was begun before it woke. */
export type Inert = {
  readonly inert: boolean
  readonly guard: {
    readonly onPointerDownCapture: (event: SyntheticEvent) => void
    readonly onKeyDownCapture: (event: KeyboardEvent) => void
    readonly onClickCapture: (event: SyntheticEvent) => void
  }
}

/**
 * Inert until the thing named by `key` was on the screen for that long, in a window somebody is at. It begins anew with
 * every other `key`, and when the window comes back to the front: the click that brings it there was meant for that.
 */
export function useInert(key: string): Inert {
  const [awake, setAwake] = useState<string | null>(null)
  const since = useRef(Infinity)
  useEffect(() => {
    let frame = 0
    let timer = 0
    function end(): void {
      window.cancelAnimationFrame(frame)
      window.clearTimeout(timer)
      since.current = Infinity
    }
    function begin(): void {
      end()
      // The second frame begins after the first was painted; a hidden window has none.
      frame = window.requestAnimationFrame(() => {
        frame = window.requestAnimationFrame(() => {
          timer = window.setTimeout(() => {
            since.current = performance.now()
            setAwake(key)
          }, inertMilliseconds)
        })
      })
    }
    begin()
    // It stays as it looks then: a button that is switched off would lose the keyboard its place.
    window.addEventListener('focus', begin)
    document.addEventListener('visibilitychange', begin)
    return () => {
      end()
      window.removeEventListener('focus', begin)
      document.removeEventListener('visibilitychange', begin)
    }
  }, [key])
  return { inert: awake !== key, guard: useGuard(since) }
}

/** Events carry the time of the hand, not of a slow machine that gets round to them later. */
function useGuard(since: RefObject<number>): Inert['guard'] {
  const early = useRef(false)
  function hold(event: SyntheticEvent): void {
    event.preventDefault()
    event.stopPropagation()
  }
  function begun(event: SyntheticEvent): void {
    early.current = event.timeStamp < since.current
    if (early.current) hold(event)
  }
  return {
    onPointerDownCapture: begun,
    onKeyDownCapture(event) {
      if (event.key === ' ') begun(event)
    },
    onClickCapture(event) {
      if (early.current || event.timeStamp < since.current) hold(event)
      early.current = false
    },
  }
}
