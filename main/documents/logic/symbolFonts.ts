// Fonts whose characters are signs of their own: what a byte of Symbol or Wingdings looks like, in Unicode.

/** Fonts with a table here, and `other` for any else that says it is one of signs. */
export type SymbolFont = 'symbol' | 'wingdings' | 'other'

const UPPER = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ'
const LOWER = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ'

/** Adobe's Symbol encoding as far as it is used in texts; Greek letters stand above. */
const SYMBOL: Readonly<Record<number, string>> = {
  0x22: '∀',
  0x24: '∃',
  0x27: '∋',
  0x2d: '−',
  0xa3: '≤',
  0xa5: '∞',
  0xab: '↔',
  0xac: '←',
  0xad: '↑',
  0xae: '→',
  0xaf: '↓',
  0xb0: '°',
  0xb1: '±',
  0xb2: '″',
  0xb3: '≥',
  0xb4: '×',
  0xb5: '∝',
  0xb6: '∂',
  0xb7: '•',
  0xb8: '÷',
  0xb9: '≠',
  0xba: '≡',
  0xbb: '≈',
  0xbc: '…',
  0xc6: '∅',
  0xc7: '∩',
  0xc8: '∪',
  0xcc: '⊂',
  0xce: '∈',
  0xcf: '∉',
  0xd1: '∇',
  0xd5: '∏',
  0xd6: '√',
  0xd9: '∧',
  0xda: '∨',
  0xdb: '⇔',
  0xdc: '⇐',
  0xde: '⇒',
  0xe5: '∑',
  0xf2: '∫',
}
/** What lists and forms take from Wingdings. */
const WINGDINGS: Readonly<Record<number, string>> = {
  0x6c: '●',
  0x6e: '■',
  0x6f: '□',
  0x71: '❑',
  0x72: '❒',
  0x75: '◆',
  0x76: '❖',
  0x77: '◆',
  0x9f: '•',
  0xa7: '▪',
  0xa8: '◻',
  0xd8: '➢',
  0xdf: '←',
  0xe0: '→',
  0xe8: '➔',
  0xf0: '⇨',
  0xfb: '✗',
  0xfc: '✓',
  0xfd: '☒',
  0xfe: '☑',
}

/** Which font of signs a name means; null for a font of letters. `isSymbolic` says that the font itself claims to be one. */
export function symbolFontOf(name: string, isSymbolic: boolean): SymbolFont | null {
  const plain = name.trim().toLowerCase()
  if (plain === 'symbol' || plain === 'symbolps') return 'symbol'
  if (plain === 'wingdings') return 'wingdings'
  return isSymbolic ? 'other' : null
}

/** The sign for a byte, also when it comes as U+F0xx; '' for one that has no meaning without its font. */
export function signOf(code: number, font: SymbolFont): string {
  const byte = code & 0xff
  if (byte <= 0x20) return byte === 0x20 ? ' ' : ''
  switch (font) {
    case 'symbol':
      if (byte >= 0x41 && byte <= 0x5a) return UPPER[byte - 0x41] ?? ''
      if (byte >= 0x61 && byte <= 0x7a) return LOWER[byte - 0x61] ?? ''
      return SYMBOL[byte] ?? (byte < 0x40 ? String.fromCharCode(byte) : '')
    case 'wingdings':
      return WINGDINGS[byte] ?? ''
    case 'other':
      return byte === 0xb7 ? '•' : ''
  }
}

/** Whether a character is one that fonts of signs use for their bytes. */
export function isFontSign(code: number): boolean {
  return code >= 0xf000 && code <= 0xf0ff
}
