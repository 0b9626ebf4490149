// The encoding an HTML page names for itself, believed where its bytes do not know better.
import iconv from 'iconv-lite'

/** Names that pages use for more than the standard has under them (WHATWG Encoding, 4.2). */
const WIDER: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  latin1: 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'ks_c_5601-1987': 'cp949',
  'euc-kr': 'cp949',
  shift_jis: 'cp932',
  'x-sjis': 'cp932',
}

/**
 * The encoding to read a page in. `found` is what its bytes look like: UTF-8 with sound sequences in it and UTF-16 are
 * beyond doubt, everything else gives way to what a `meta` element or an XML declaration says.
 */
export function declaredEncoding(opening: Uint8Array, found: string): string {
  const isPlain = opening.every((byte) => byte < 0x80)
  if (found.startsWith('utf-16') || found.startsWith('utf-32') || (found === 'utf-8' && !isPlain)) return found
  const text = Buffer.from(opening.buffer, opening.byteOffset, opening.byteLength).toString('latin1')
  const named = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)/i.exec(text)?.[1]
  const declared = (named ?? /^<\?xml[^>]{0,100}encoding\s*=\s*["']([\w:.-]+)/i.exec(text)?.[1] ?? '').toLowerCase()
  const encoding = WIDER[declared] ?? declared
  // Whole files of ASCII read the same in all of them, and what is not UTF-8 cannot have been declared so rightly.
  if (encoding === '' || encoding.startsWith('utf-') || found === 'utf-8') return found
  return iconv.encodingExists(encoding) ? encoding : found
}
