// Lint rule: every export carries a doc comment that says what it promises.

/** Reports exported declarations without a non-empty JSDoc block directly above. Re-exports and lists are other rules' business. */
export const docOnExport = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { missing: 'Export “{{name}}” needs a /** doc sentence */ directly above it.' },
  },
  create(context) {
    return {
      ExportNamedDeclaration(node) {
        if (node.declaration === null || node.declaration === undefined) return
        // The second and later signatures of an overloaded function share the first one's comment.
        const name = nameOf(node.declaration)
        if (isLaterOverload(node, name) || isShapeOf(node.declaration)) return
        const comment = context.sourceCode.getCommentsBefore(node).at(-1)
        const documented =
          comment?.type === 'Block' &&
          comment.value.startsWith('*') &&
          /[\p{L}]{2,}/u.test(comment.value) &&
          comment.loc.end.line === node.loc.start.line - 1
        if (!documented) context.report({ node, messageId: 'missing', data: { name } })
      },
    }
  },
}

function nameOf(declaration) {
  return declaration.id?.name ?? declaration.declarations?.[0]?.id?.name ?? '?'
}

function isLaterOverload(node, name) {
  const siblings = node.parent.body
  const before = siblings[siblings.indexOf(node) - 1]
  return (
    before?.type === 'ExportNamedDeclaration' &&
    before.declaration?.type === 'TSDeclareFunction' &&
    nameOf(before.declaration) === name
  )
}

/** `z.output<typeof message>` or `typeof message`: the value of the same file that it mirrors carries the sentence. */
function isShapeOf(declaration) {
  if (declaration.type !== 'TSTypeAliasDeclaration') return false
  const shape = declaration.typeAnnotation
  const inner = shape.type === 'TSTypeReference' ? shape.typeArguments?.params[0] : shape
  return inner?.type === 'TSTypeQuery' && (inner === shape || shape.typeName.left?.name === 'z')
}
