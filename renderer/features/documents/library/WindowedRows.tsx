// Rows of any number, only those in sight in the page; the page itself scrolls, and the arrow keys go from row to row.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import styles from './WindowedRows.module.css'

type WindowedRowsProps = {
  readonly label: string
  readonly count: number
  /** Pixels of a row before it is measured. */
  readonly rowHeight: number
  /** What scrolls. */
  readonly scroller: RefObject<HTMLElement | null>
  readonly row: (index: number) => ReactNode
  /** Hears which rows are in sight. */
  readonly onSight: (first: number, last: number) => void
}

/** Where the list begins in what scrolls, in pixels; follows what is above it. */
function useBeginning(list: RefObject<HTMLElement | null>, scroller: RefObject<HTMLElement | null>): number {
  const [beginning, setBeginning] = useState(0)
  useLayoutEffect(() => {
    const [element, outer] = [list.current, scroller.current]
    if (element === null || outer === null) return undefined
    function measure(): void {
      if (element === null || outer === null) return
      setBeginning(element.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop)
    }
    measure()
    const observer = new ResizeObserver(measure) // disconnected below
    for (const child of element.parentElement?.children ?? []) observer.observe(child)
    return () => observer.disconnect()
  }, [list, scroller])
  return beginning
}

/** A list whose rows are made as they come into sight. */
export function WindowedRows({ label, count, rowHeight, scroller, row, onSight }: WindowedRowsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null)
  const scrollMargin = useBeginning(list, scroller)
  // eslint-disable-next-line react-hooks/incompatible-library -- React's compiler is not used and what it warns of stays inside
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin,
  })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => onSight(first, last), [first, last, onSight])
  function move(event: KeyboardEvent<HTMLUListElement>): void {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const from = event.target instanceof HTMLElement ? event.target.closest('[data-index]') : null
    if (by === 0 || from === null) return
    const next = Number(from.getAttribute('data-index')) + by
    const target = list.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)
    if (target === null || target === undefined) return
    event.preventDefault()
    target.focus()
  }
  return (
    <ul
      ref={list}
      aria-label={label}
      className={styles.rows}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={move}
    >
      {items.map(({ index, start }) => (
        <li
          key={index}
          ref={virtualizer.measureElement}
          data-index={index}
          aria-setsize={count}
          aria-posinset={index + 1}
          className={styles.row}
          style={{ transform: `translateY(${start - scrollMargin}px)` }}
        >
          {row(index)}
        </li>
      ))}
    </ul>
  )
}
