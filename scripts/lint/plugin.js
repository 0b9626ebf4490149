// Our own lint rules as one plugin, under the prefix `local/`.
import { disableNeedsReason } from './disableNeedsReason.js'
import { docOnExport } from './docOnExport.js'
import { fileName } from './fileName.js'
import { firstLineComment } from './firstLineComment.js'
import { noCommentedCode } from './noCommentedCode.js'
import { noLiteralText } from './noLiteralText.js'
import { reasonForCast } from './reasonForCast.js'

/** The plugin object ESLint takes. */
export const localPlugin = {
  rules: {
    'disable-needs-reason': disableNeedsReason,
    'doc-on-export': docOnExport,
    'file-name': fileName,
    'first-line-comment': firstLineComment,
    'no-commented-code': noCommentedCode,
    'no-literal-text': noLiteralText,
    'reason-for-cast': reasonForCast,
  },
}
