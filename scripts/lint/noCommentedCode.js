// Lint rule: no commented-out code; git remembers it.

const statement =
  /^\s*(?:(?:const|let|var)\s+[\w{[][^=]*=|import\s+.*from\s+['"]|export\s+(?:const|function|class|type)\s|(?:if|for|while|switch)\s*\(.*\)\s*\{?$|return\s+[\w.]+\(|await\s+[\w.]+\(|[\w.#]+\([^)]*\);?\s*$|[\w.]+\s=\s[\w.([{'"]+|\}\s*$|\/\/)/

/** Reports line comments and block comments with a line that reads as a statement. Doc blocks may show examples. */
export const noCommentedCode = {
  meta: { type: 'suggestion', schema: [], messages: { code: 'Commented-out code: delete it.' } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (comment.type === 'Block' && comment.value.startsWith('*')) continue
          if (comment.type !== 'Shebang' && comment.value.split('\n').some((line) => statement.test(line))) {
            context.report({ loc: comment.loc, messageId: 'code' })
          }
        }
      },
    }
  },
}
