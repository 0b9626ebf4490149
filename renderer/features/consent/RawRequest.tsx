// The request as it is written on the wire; only the key is not shown, because nobody but the door has it.
import type { CloudDraft } from '#contract/cloudDraft.ts'
import type { ReactNode } from 'react'
import { useTranslate } from '../../ui/text.ts'
import styles from './RawRequest.module.css'
import { SentText } from './SentText.tsx'

/** Method, address, headers and the body's own characters. */
export function RawRequest({ request }: Pick<CloudDraft, 'request'>): ReactNode {
  const translate = useTranslate()
  const { method, url, headers, secretHeader, body, digest } = request
  return (
    <div className={styles.raw}>
      <pre className={styles.head} tabIndex={0} aria-label={translate('consent.raw.label')}>
        {`${method} ${url}\n`}
        {headers.map(({ name, value }) => `${name}: ${value}\n`).join('')}
        {secretHeader !== null && (
          <>
            {`${secretHeader}: `}
            <em>{translate('consent.raw.secret')}</em>
          </>
        )}
      </pre>
      <pre className={styles.body} data-raw-body>
        <SentText text={body} />
      </pre>
      <p className={styles.digest}>{translate('consent.raw.digest', { digest })}</p>
    </div>
  )
}
