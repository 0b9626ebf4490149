// Text from outside as it may be shown: nothing in it can hide, or turn other text around.

/** Overrides and embeddings of direction, invisible tag characters, and control characters but tab and line ends. */
const tricks =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu

/** The text without characters that only hide or reorder; joiners that scripts need stay. */
export function visibleText(text: string): string {
  return text.replace(tricks, '')
}
