// What HTML's elements mean for reading: which begin a block, which are no content, and what counts as hidden.

/** An element's attributes; names in lower case. */
export type Attributes = Readonly<Record<string, string>>

/** Elements that begin and end a block of text. */
export const blockNames: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol p pre section summary table tbody ' +
    'td textarea tfoot th thead title tr ul'
  ).split(' '),
)

/** Elements with nothing in them that a reader of the page's content reads. */
export const droppedNames: ReadonlySet<string> = new Set(
  (
    'applet aside audio button canvas datalist embed frame frameset iframe input map math-error nav noembed noframes ' +
    'noscript object optgroup option script select style svg template textarea video'
  ).split(' '),
)

/** Whether an element says that it is not shown. */
export function isHidden(attributes: Attributes): boolean {
  if ('hidden' in attributes || attributes['aria-hidden'] === 'true') return true
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes['style'] ?? '')
}
