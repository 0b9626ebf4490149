// An image of a message: its description and address as text, because nothing remote is ever loaded.
import type { ReactNode } from 'react'
import { useTranslate } from '../ui/text.ts'
import styles from './Markdown.module.css'

/** "Image: alt (address)"; nothing is fetched. */
export function ImageText({ alt, address }: { readonly alt: string; readonly address: string }): ReactNode {
  const translate = useTranslate()
  const key = alt === '' ? 'chat.markdown.imageUnnamed' : 'chat.markdown.image'
  return <span className={styles.image}>{translate(key, { alt, address })}</span>
}
