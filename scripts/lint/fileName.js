// Lint rule: files are named after what they hold: no drawers, and a class lives in the file of its name.

const drawers = /(?:^|[/\\])(?:utils?|helpers?|common|misc|shared|lib)(?:[/\\.]|$)|(?:Utils?|Helpers?|Manager)\./

/** Reports drawer names (`utils`, `helpers`, `…Manager`), `I` prefixes, and a class exported from a file of another name. */
export const fileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      drawer: 'No utils, helpers, manager, common: name the file after what it holds.',
      prefix: 'No I prefix: “{{name}}”.',
      class: 'Class “{{name}}” lives in a file of its name (or is not the main export: then do not export it alone).',
    },
  },
  create(context) {
    const path = context.filename.slice(context.cwd.length)
    const stem = (path.split(/[/\\]/).at(-1) ?? '').replace(/\.\w+$/, '')
    const named = []
    return {
      ExportNamedDeclaration(node) {
        const name = node.declaration?.id?.name
        if (typeof name === 'string') named.push({ node, name, isClass: node.declaration.type === 'ClassDeclaration' })
      },
      'TSInterfaceDeclaration, TSTypeAliasDeclaration'(node) {
        if (/^I[A-Z][a-z]/.test(node.id.name))
          context.report({ node, messageId: 'prefix', data: { name: node.id.name } })
      },
      'Program:exit'(node) {
        if (drawers.test(path)) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'drawer' })
        const fits = named.some(({ name }) => name.toLowerCase() === stem.toLowerCase())
        const stray = fits ? undefined : named.find(({ isClass }) => isClass)
        if (stray !== undefined) context.report({ node: stray.node, messageId: 'class', data: { name: stray.name } })
      },
    }
  },
}
