// RTF's vocabulary as far as text is concerned: characters by name, character sets, and groups that are no text.

/** Control words that stand for a character. */
export const characterWords: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  lbr: '\n',
  '~': '\u00a0',
  _: '-',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  zwj: '\u200d',
  zwnj: '\u200c',
  ltrmark: '\u200e',
  rtlmark: '\u200f',
}

/** Groups whose text is not the document's. */
export const skippedGroups: ReadonlySet<string> = new Set(
  (
    'colortbl filetbl revtbl pict nonshppict object objdata fldinst xe tc rxe txe sp shprslt bkmkstart bkmkend template ' +
    'themedata datastore listtable listoverridetable rsidtbl generator falt panose picprop'
  ).split(' '),
)

/** Groups of running heads and feet. */
export const marginGroups: ReadonlySet<string> = new Set(
  'header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn'.split(
    ' ',
  ),
)

/** Groups that begin with `\\*` and are read all the same. */
export const readStarred: ReadonlySet<string> = new Set(['shpinst', 'shptxt', 'ud'])

/** Code pages by a font's character set (RTF 1.9.1, `\\fcharset`). */
export const codePageOfCharset: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
}

/** The level of a heading by its style's name, in the languages of the programs that write them; null for other styles. */
export function headingLevelOf(styleName: string): number | null {
  const level =
    /^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок|見出し|标题|標題)\s*([1-9])\b/iu.exec(
      styleName.trim(),
    )
  if (level !== null) return Number(level[1])
  return /^(?:title|titel)$/iu.test(styleName.trim()) ? 1 : null
}
