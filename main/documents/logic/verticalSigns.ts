// The signs of writing that runs downwards, as the same signs are written across: what people type and search for.

/** Signs whose plain form is an ASCII character are meant in full width, as East Asian writing has them. */
const FULL_WIDTH = 0xfee0
const VERTICAL = /[\ufe10-\ufe19\ufe30-\ufe48]/g

/** The text with every presentation form for vertical writing replaced by its usual sign. */
export function uprightSigns(text: string): string {
  return text.replace(VERTICAL, (sign) => {
    const plain = sign.normalize('NFKC')
    if (/^\.+$/.test(plain)) return plain.length === 3 ? '…' : '‥'
    return /^[!-~]$/.test(plain) ? String.fromCharCode(plain.charCodeAt(0) + FULL_WIDTH) : plain
  })
}
