// Lint rule: what a person reads comes from resources/locales, never from a literal in a component or in the CLI.

const readAttributes = new Set([
  'title',
  'alt',
  'placeholder',
  'label',
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
])
const letters = /\p{L}{2,}/u
const prose = /\p{L}{2,}[,;:]? +\p{L}{2,}/u

/** Reports text in JSX children and in attributes that are read aloud or shown; with `{prose: true}` any literal of two words or more. */
export const noLiteralText = {
  meta: {
    type: 'problem',
    schema: [{ type: 'object', properties: { prose: { type: 'boolean' } }, additionalProperties: false }],
    messages: { literal: 'Text for people belongs in resources/locales: “{{text}}”.' },
  },
  create(context) {
    const everywhere = context.options[0]?.prose === true
    function report(node, text) {
      context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 40) } })
    }
    return {
      JSXText(node) {
        if (letters.test(node.value)) report(node, node.value)
      },
      Literal(node) {
        if (typeof node.value !== 'string') return
        if (isShownInJsx(node) ? letters.test(node.value) : everywhere && isProse(node, node.value))
          report(node, node.value)
      },
      TemplateElement(node) {
        const text = node.value.cooked ?? ''
        if (isShownInJsx(node.parent) ? letters.test(text) : everywhere && isProse(node.parent, text))
          report(node, text)
      },
    }
  },
}

function isProse(node, text) {
  return prose.test(text) && !isThrown(node)
}

/** A thrown error is a bug report for developers, not text for people. */
function isThrown(node) {
  const call = node.parent
  return call?.type === 'NewExpression' && call.parent.type === 'ThrowStatement'
}

/** Follows conditions and templates up to a JSX child or a read attribute. */
function isShownInJsx(node) {
  const parent = node.parent
  if (parent?.type === 'JSXAttribute') return readAttributes.has(parent.name.name)
  if (parent?.type === 'JSXExpressionContainer')
    return parent.parent.type !== 'JSXAttribute' || readAttributes.has(parent.parent.name.name)
  const passes =
    (parent?.type === 'ConditionalExpression' && parent.test !== node) ||
    (parent?.type === 'LogicalExpression' && (parent.right === node || parent.operator !== '&&')) ||
    (parent?.type === 'BinaryExpression' && parent.operator === '+')
  return passes && isShownInJsx(parent)
}
