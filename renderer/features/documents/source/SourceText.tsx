// The document's text, only as much of it in the page as is looked at, with the passage in question marked.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { type Passage, windowSegments } from '../../../state/documents/source.ts'
import { useSotto } from '../../../state/store.ts'
import { classNames } from '../../../ui/classNames.ts'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { besideSegment, openedUnit, type OpenedUnit } from './openedUnit.ts'
import { paintedPieces, passageMarks, type Piece, stretches, wordMarks } from './passageMarks.ts'
import { ReadingPlace } from './ReadingPlace.tsx'
import { useHover } from '../passageContext.ts'
import styles from './SourceText.module.css'

const lineHeight = 26
const charactersPerLine = 56

function segmentAt(windows: Readonly<Record<number, readonly Segment[]>>, index: number): Segment | undefined {
  return windows[Math.floor(index / windowSegments)]?.[index % windowSegments]
}

/** A stretch of a segment's text with its marks; offsets are the segment's. */
function Painted({ text, pieces, from, to }: PaintedProps): ReactNode {
  return pieces.flatMap(({ start, end, tone }): readonly ReactNode[] => {
    const [first, last] = [Math.max(start, from), Math.min(end, to)]
    if (first >= last) return []
    const shown = text.slice(first, last)
    if (tone === 'plain') return [shown]
    return [
      <mark key={first} className={tone === 'strong' ? styles.strong : styles.light}>
        {shown}
      </mark>,
    ]
  })
}

type PaintedProps = {
  readonly text: string
  readonly pieces: readonly Piece[]
  readonly from: number
  readonly to: number
}

/** Rows by line, cells by tab, as the reader of the format found them. */
function Table({ text, pieces }: Pick<PaintedProps, 'text' | 'pieces'>): ReactNode {
  return (
    <div className={styles.table}>
      <table>
        <tbody>
          {stretches(text, 0, text.length, /\r\n|\n|\r/g).map((row) => (
            <tr key={row.start}>
              {stretches(text, row.start, row.end, /\t/g).map(({ start, end }) => (
                <td key={start} data-number={/^[-+£$€]?\s?\d[\d.,\s]*%?$/.test(text.slice(start, end).trim())}>
                  <Painted text={text} pieces={pieces} from={start} to={end} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A passage that a search found is lit whole, with its words strong; any other as it says itself. */
function marksOf(segment: Segment, index: number, passage: Passage | null, hovered: Passage | null) {
  const light = hovered === null ? [] : passageMarks(segment, hovered.locators, hovered.text)
  if (passage === null) return { strong: [], light }
  const { found } = passage
  if (found === undefined) return { strong: passageMarks(segment, passage.locators, passage.text), light }
  if (index !== found.position) return { strong: [], light }
  const words = wordMarks(segment.text, found.words)
  const whole = { start: 0, end: segment.text.length }
  if (words.length === 0) return { strong: [whole], light }
  // All cells of a table lit would say nothing about where the words are.
  return { strong: words, light: segment.kind === 'table' ? light : [whole] }
}

type RowProps = {
  readonly segment: Segment
  readonly index: number
  readonly opened: OpenedUnit | null
  readonly passage: Passage | null
}

function Row({ segment, index, opened, passage }: RowProps): ReactNode {
  const translate = useTranslate()
  const kind = segment.kind ?? 'paragraph'
  const Element = kind === 'heading' ? 'h4' : kind === 'table' || kind === 'code' ? 'pre' : 'p'
  const hovered = useHover().passage
  const { text } = segment
  const { strong, light } = marksOf(segment, index, passage, hovered)
  const pieces = paintedPieces(text.length, strong, light)
  const beside = besideSegment(segment)
  const isHeader = segment.locator.kind === 'message' && segment.locator.part.endsWith('headers') && kind !== 'heading'
  // Some formats bring the mark of a list along in the text.
  const isMarked = kind === 'list-item' && /^\s*(?:[•·▪◦‣–—*-]|[\p{L}\d]{1,3}[.)])\s/u.test(text)
  return (
    <>
      {opened !== null && <h3 className={styles.page}>{translate(`documents.source.${opened.key}`, opened.values)}</h3>}
      {beside !== null && (
        <span aria-hidden className={segment.locator.kind === 'cells' ? styles.range : styles.line}>
          {beside}
        </span>
      )}
      {kind === 'table' && text.includes('\t') ? (
        <Table text={text} pieces={pieces} />
      ) : (
        <Element
          className={classNames(
            styles.segment,
            styles[kind === 'table' ? 'code' : kind],
            isHeader && styles.headers,
            isMarked && styles.marked,
          )}
        >
          <Painted text={text} pieces={pieces} from={0} to={text.length} />
        </Element>
      )}
    </>
  )
}

/** The rows in sight; loads their text, and goes to the passage whenever one is asked for. */
function useRows(document: DocumentRecord, scroller: RefObject<HTMLDivElement | null>) {
  const { windows, passage, jump } = useSotto((state) => state.source)
  const loadSourceWindow = useSotto((state) => state.loadSourceWindow)
  const findInSource = useSotto((state) => state.findInSource)
  const usual = document.characters / Math.max(1, document.segments)
  // eslint-disable-next-line react-hooks/incompatible-library -- React's compiler is not used and what it warns of stays inside
  const virtualizer = useVirtualizer({
    count: document.segments,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const characters = segmentAt(windows, index)?.text.length ?? usual
      return Math.ceil(characters / charactersPerLine) * lineHeight + 14
    },
    overscan: 6,
  })
  const items = virtualizer.getVirtualItems()
  const first = Math.floor((items[0]?.index ?? 0) / windowSegments)
  const last = Math.floor((items.at(-1)?.index ?? 0) / windowSegments)
  useEffect(() => {
    for (let index = first; index <= last; index += 1) void loadSourceWindow(index)
  }, [first, last, loadSourceWindow])
  const [place] = passage?.locators ?? []
  /** Only what is loaded has its height, and only then is it known how far to scroll. */
  async function reach(index: number): Promise<number> {
    await loadSourceWindow(Math.floor(index / windowSegments))
    return index
  }
  useEffect(() => {
    if (place === undefined) return undefined
    const asked = new AbortController() // aborted when another place is asked for
    const found = passage?.found?.position
    const finding = found === undefined ? findInSource(place, document.segments) : reach(found)
    void finding.then((index) => {
      if (index === null || asked.signal.aborted) return
      const align = passage?.text === null && found === undefined ? 'start' : 'center'
      virtualizer.scrollToIndex(index, { align })
    })
    return () => asked.abort()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `jump` alone says that somebody wants to go there
  }, [jump, virtualizer, findInSource, document.segments])
  return { windows, passage, virtualizer, items }
}

/** Scrolls smoothly through any length. */
export function SourceText({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  const failure = useSotto((state) => state.source.failure)
  const { windows, passage, virtualizer, items } = useRows(document, scroller)
  const label = translate('documents.source.label')
  const top = segmentAt(windows, virtualizer.range?.startIndex ?? 0)
  const hidden = virtualizer.getTotalSize() - (virtualizer.scrollRect?.height ?? 0)
  const share = hidden <= 0 ? 1 : Math.min(1, (virtualizer.scrollOffset ?? 0) / hidden)
  return (
    <>
      <ReadingPlace locator={top?.locator ?? null} share={share} />
      <div ref={scroller} className={styles.scroller} role="region" aria-label={label} tabIndex={0}>
        {failure !== null && <FailureNote failure={failure} />}
        <div className={styles.text} style={{ height: virtualizer.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const segment = segmentAt(windows, index)
            const before = index === 0 ? undefined : segmentAt(windows, index - 1)
            return (
              <div
                key={index}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.row}
                style={{ transform: `translateY(${start}px)` }}
              >
                {segment === undefined ? (
                  <p className={styles.loading}>{translate('documents.source.loading')}</p>
                ) : (
                  <Row
                    segment={segment}
                    index={index}
                    opened={openedUnit(segment, before, document.coverage.total === 1)}
                    passage={passage}
                  />
                )}
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}
