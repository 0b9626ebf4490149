// One TypeScript module as the JavaScript Electron runs: types gone, `.ts` written `.js`, nothing else changed.
import ts from 'typescript'

/** Compiles a module; relative imports and `new URL('./x.ts', import.meta.url)` name the compiled files. */
export function compileModule(fileName: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName,
    reportDiagnostics: true,
    transformers: { before: [namesCompiledFiles] },
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
      removeComments: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  })
  const [first] = diagnostics
  if (first !== undefined) throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(first.messageText, '\n')}`)
  return outputText
}

/** The packages a compiled module names in its imports, Node's own modules among them; each once. */
export function importedPackages(script: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(script, true, true)
  const bare = importedFiles.map(({ fileName }) => fileName).filter((name) => !/^[.#/]/.test(name))
  return [...new Set(bare.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/')))]
}

function namesCompiledFiles(context: ts.TransformationContext): (file: ts.SourceFile) => ts.SourceFile {
  const visit = (node: ts.Node): ts.Node => {
    const visited = ts.visitEachChild(node, visit, context)
    if (!ts.isNewExpression(visited) || !isNamed(visited.expression, 'URL')) return visited
    const [address, base] = visited.arguments ?? []
    if (address === undefined || base === undefined || !ts.isStringLiteral(address)) return visited
    if (!/^\.{1,2}\/.*\.ts$/.test(address.text)) return visited
    const compiled = ts.factory.createStringLiteral(address.text.replace(/\.ts$/, '.js'), true)
    return ts.factory.updateNewExpression(visited, visited.expression, visited.typeArguments, [compiled, base])
  }
  return (file) => ts.visitEachChild(file, visit, context)
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}
