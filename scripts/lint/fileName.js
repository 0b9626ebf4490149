// Lint rule: files are named after what they hold: no drawers, and a class alone lives in the file of its name.

const drawers = /(?:^|[/\\])(?:utils?|helpers?|common|misc|shared|lib)(?:[/\\.]|$)|(?:Utils?|Helpers?|Manager)\./

/** Reports drawer names (`utils`, `helpers`, `…Manager`), `I` prefixes, and a file of another name whose one value is a class. */
export const fileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      drawer: 'No utils, helpers, manager, common: name the file after what it holds.',
      prefix: 'No I prefix: “{{name}}”.',
      class: 'Class “{{name}}” is all this file offers: name the file after it.',
    },
  },
  create(context) {
    const path = context.filename.slice(context.cwd.length)
    const stem = (path.split(/[/\\]/).at(-1) ?? '').replace(/\.\w+$/, '')
    const values = []
    return {
      ExportNamedDeclaration(node) {
        const declaration = node.declaration
        for (const each of declaration?.declarations ?? (declaration?.type.startsWith('TS') ? [] : [declaration])) {
          if (each?.id?.name !== undefined)
            values.push({ node, name: each.id.name, isClass: each.type === 'ClassDeclaration' })
        }
      },
      'TSInterfaceDeclaration, TSTypeAliasDeclaration'(node) {
        if (/^I[A-Z][a-z]/.test(node.id.name))
          context.report({ node, messageId: 'prefix', data: { name: node.id.name } })
      },
      'Program:exit'(node) {
        if (drawers.test(path)) context.report({ node, loc: { line: 1, column: 0 }, messageId: 'drawer' })
        // A class that is all a file offers is its main export.
        const [only] = values.length === 1 ? values : []
        if (only?.isClass && only.name.toLowerCase() !== stem.toLowerCase()) {
          context.report({ node: only.node, messageId: 'class', data: { name: only.name } })
        }
      },
    }
  },
}
