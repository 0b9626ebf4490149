// A link of a message: its words and its full host, opened only after a question.
import { type ReactNode, useContext } from 'react'
import { Link } from 'react-aria-components'
import { LinkOpenerContext } from './linkOpener.ts'
import styles from './Markdown.module.css'
import type { SafeAddress } from './safeAddress.ts'

type LinkTextProps = { readonly address: SafeAddress; readonly words: ReactNode; readonly plainWords: string }

/** Without an address of its own, so nothing prefetches it, drags it out or opens it past the question. */
export function LinkText({ address, words, plainWords }: LinkTextProps): ReactNode {
  const open = useContext(LinkOpenerContext)
  const place = namesPlace(plainWords, address.place) ? null : (
    <span className={styles.place}>{`\u00A0(${address.place})`}</span>
  )
  if (open === null) {
    return (
      <>
        {words}
        {place}
      </>
    )
  }
  return (
    <Link className={styles.link ?? ''} onPress={() => open(address)}>
      {words}
      {place}
    </Link>
  )
}

/** Whether the words already are the address, so that its host need not be said again. */
function namesPlace(words: string, place: string): boolean {
  const bare = words.replace(/^(?:https?:\/\/|mailto:)/i, '')
  return bare.startsWith(place) && /^(?:$|[/?#])/.test(bare.slice(place.length))
}
