// Lint rule: whoever switches a rule off says why, after ` -- `.

/** Reports `eslint-disable…`, `@ts-expect-error` and the like without a reason; `@ts-ignore` and `@ts-nocheck` always. */
export const disableNeedsReason = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      reason: 'Say why, for one named rule: eslint-disable-next-line rule -- reason',
      ignore: 'Use @ts-expect-error with a reason.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const text = comment.value.trim()
          if (/^@ts-(?:ignore|nocheck)/.test(text)) context.report({ loc: comment.loc, messageId: 'ignore' })
          const needsReason =
            /^eslint-disable/.test(text) && !/^eslint-disable(?:-next-line|-line)?\s+\S+.*\s--\s\S{3,}/.test(text)
          if (needsReason || /^@ts-expect-error\s*$/.test(text)) {
            // At the head of the file, where a blanket disable further down cannot silence it.
            context.report({ loc: { line: 1, column: 0 }, messageId: 'reason' })
          }
        }
      },
    }
  },
}
