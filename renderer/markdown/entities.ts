// Character references as they stand in Markdown, decoded without a document.

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  times: '×',
  divide: '÷',
  deg: '°',
  plusmn: '±',
  euro: '€',
  pound: '£',
  sect: '§',
  para: '¶',
  rarr: '→',
  larr: '←',
  le: '≤',
  ge: '≥',
  ne: '≠',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  colon: ':',
  Tab: '\t',
  NewLine: '\n',
}

/** Text with numeric and common named references decoded; others stay as they are written. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,10}));/g, (written, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? written
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal)
    const surrogate = code >= 0xd800 && code <= 0xdfff
    return code === 0 || code > 0x10ffff || surrogate ? '\uFFFD' : String.fromCodePoint(code)
  })
}
