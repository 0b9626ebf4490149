// Lint rule: the first line of a file is a comment that says its job.

/** Reports files whose first line (after a `#!` line) is no comment of at least three words. */
export const firstLineComment = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'The first line is a // comment that says this file’s job.' },
  },
  create(context) {
    return {
      Program(node) {
        const lines = context.sourceCode.lines
        const first = lines[0]?.startsWith('#!') ? lines[1] : lines[0]
        const text = /^(?:\/\/|\/\*\*?)\s*(.*)$/.exec(first ?? '')?.[1] ?? ''
        if (text.split(/\s+/).length < 3) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'missing' })
      },
    }
  },
}
