// Highlights code in short steps, so that the window stays quick: no workers, no wasm, nothing evaluated.
import type { DynamicImportLanguageRegistration, GrammarState, HighlighterCore } from 'shiki/core'
import { type CodeLine, type CodeRole, linesPerChunk } from './codeTokens.ts'

const languages: Readonly<Record<string, DynamicImportLanguageRegistration>> = {
  bash: () => import('shiki/langs/bash.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
}

const otherNames: Readonly<Record<string, string>> = {
  'c#': 'csharp',
  'c++': 'c',
  cpp: 'c',
  cs: 'csharp',
  js: 'javascript',
  jsx: 'tsx',
  md: 'markdown',
  ps1: 'powershell',
  py: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  svg: 'xml',
  ts: 'typescript',
  yml: 'yaml',
  zsh: 'bash',
}

/** Longer code, or code with a longer line, is shown plain. */
const limits = { characters: 120_000, line: 2000 }

/** Milliseconds of work between two breaths. */
const breath = 8

/** The highlighter and the languages it has; made at first use. */
class CodeHighlighter {
  #core: Promise<HighlighterCore> | null = null
  readonly #loaded = new Map<string, Promise<void>>()

  /** The highlighter with a language in it. */
  async with(name: string, load: DynamicImportLanguageRegistration): Promise<HighlighterCore> {
    const core = await (this.#core ??= makeCore())
    const loading = this.#loaded.get(name) ?? core.loadLanguage(load)
    this.#loaded.set(name, loading)
    await loading
    return core
  }
}

const highlighter = new CodeHighlighter()

async function makeCore(): Promise<HighlighterCore> {
  const [{ createCssVariablesTheme, createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ])
  const theme = createCssVariablesTheme({ name: 'sotto', variablePrefix: '--', fontStyle: false })
  return createHighlighterCore({ themes: [theme], langs: [], engine: createJavaScriptRegexEngine({ forgiving: true }) })
}

/**
 * Highlights code a chunk of `linesPerChunk` lines at a time, giving each as it is done. Ends early when aborted; does
 * nothing for a language it does not know, for very long code, or when a grammar fails.
 */
export async function highlightCode(
  code: string,
  language: string,
  signal: AbortSignal,
  onChunk: (index: number, lines: readonly CodeLine[]) => void,
): Promise<void> {
  const name = otherNames[language] ?? language
  const load = Object.hasOwn(languages, name) ? languages[name] : undefined
  const lines = code.split('\n')
  if (load === undefined || code.length > limits.characters || lines.some(({ length }) => length > limits.line)) return
  const core = await highlighter.with(name, load)
  let state: GrammarState | undefined
  let since = performance.now()
  for (let from = 0, index = 0; from < lines.length; from += linesPerChunk, index += 1) {
    const done: CodeLine[] = []
    for (const line of lines.slice(from, from + linesPerChunk)) {
      if (signal.aborted) return
      const step = tokenize(core, line, name, state)
      if (step === null) return
      state = step.state
      done.push(step.line)
      if (performance.now() - since < breath) continue
      await nextTask()
      since = performance.now()
    }
    if (!signal.aborted) onChunk(index, done)
  }
}

function tokenize(
  core: HighlighterCore,
  text: string,
  lang: string,
  grammarState: GrammarState | undefined,
): { readonly line: CodeLine; readonly state: GrammarState | undefined } | null {
  try {
    const options = { lang, theme: 'sotto', ...(grammarState === undefined ? {} : { grammarState }) }
    const tokens = core.codeToTokensBase(text, options)
    const line = (tokens[0] ?? []).map(({ content, color }) => ({ text: content, role: roleOf(color) }))
    return { line, state: core.getLastGrammarState(tokens) }
  } catch {
    // A grammar of a library meeting a text nobody foresaw: the code stays plain.
    return null
  }
}

const roles: readonly CodeRole[] = [
  'keyword',
  'string',
  'string-expression',
  'comment',
  'constant',
  'function',
  'parameter',
  'punctuation',
  'link',
]

/** The theme names colours `var(--token-keyword)`; the name alone is taken. */
function roleOf(color: string | undefined): CodeRole | null {
  const name = /--token-([a-z-]+)\)/.exec(color ?? '')?.[1]
  return roles.find((role) => role === name) ?? null
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
