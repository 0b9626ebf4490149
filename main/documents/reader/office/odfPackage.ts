// What the three OpenDocument readers share: encryption, styles, the body streamed past the styles that open it.
import type { XmlEvent, XmlTaker } from '../../logic/office/xmlEvent.ts'
import { OdfStyles } from '../../logic/office/odfStyles.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Package } from './package.ts'
import { xmlEvents } from './xmlPart.ts'

const CONTENT = 'content.xml'

/** The document's named styles. Throws `document-encrypted` when the manifest says its parts are. */
export async function odfStyles(document: Package): Promise<OdfStyles> {
  const manifest = new XmlValues('manifest:encryption-data', 'manifest:encrypted-key')
  // OpenOffice.org wrote a document type before its manifest.
  await document.take('META-INF/manifest.xml', manifest, { allowDoctype: true })
  if (manifest.all('manifest:encryption-data').length > 0 || manifest.all('manifest:encrypted-key').length > 0) {
    throw new Refusal({ code: 'document-encrypted', details: { name: document.name } })
  }
  return document.take('styles.xml', new OdfStyles())
}

/**
 * Streams the content: automatic styles go to `styles`, what is inside the body to `taker`. Yields after every piece,
 * when the taker may be drained.
 */
export async function* odfBody(
  document: Package,
  styles: OdfStyles,
  taker: XmlTaker & { readonly characters: number },
): AsyncGenerator<void, void, void> {
  let inBody = false
  for await (const events of xmlEvents(document.archive, CONTENT, document.name)) {
    for (const event of events) {
      if (isBody(event)) inBody = event.kind === 'open'
      else if (inBody) taker.take(event)
      else styles.take(event)
    }
    document.checkLength(taker.characters)
    yield
  }
}

/** The title in the document's own properties. */
export async function odfTitle(document: Package): Promise<string | null> {
  return (await document.take('meta.xml', new XmlValues('dc:title'))).text('dc:title')
}

function isBody(event: XmlEvent): boolean {
  return event.kind !== 'text' && event.name === 'office:body'
}
