// Lint rule: `any` and `as` stand only beside their reason, on the same line.

/** Reports `x as T`, `<T>x` and `any` without a `// as: …` or `// any: …` comment on their line; `as const` is free. */
export const reasonForCast = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { missing: '“{{word}}” needs its reason on the same line: // {{word}}: why this is true' },
  },
  create(context) {
    const reasons = new Set()
    for (const comment of context.sourceCode.getAllComments()) {
      if (/(?:^|\s)(?:as|any): \S.{2,}/.test(comment.value)) reasons.add(comment.loc.start.line)
    }
    function demand(node, word, lines) {
      if (!lines.some((line) => reasons.has(line))) context.report({ node, messageId: 'missing', data: { word } })
    }
    return {
      TSAsExpression(node) {
        if (isConst(node.typeAnnotation)) return
        // A formatter may break the line after `as`, so the line of the keyword and the line of the end both count.
        const keyword = context.sourceCode.getTokenAfter(node.expression, (token) => token.value === 'as')
        demand(node, 'as', [keyword?.loc.start.line ?? node.loc.end.line, node.loc.end.line])
      },
      TSTypeAssertion(node) {
        if (!isConst(node.typeAnnotation)) demand(node, 'as', [node.loc.start.line])
      },
      TSAnyKeyword(node) {
        demand(node, 'any', [node.loc.start.line])
      },
    }
  },
}

function isConst(annotation) {
  return annotation.type === 'TSTypeReference' && annotation.typeName.name === 'const'
}
