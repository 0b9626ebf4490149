// Prompt files: front matter, named placeholders, and document text kept inside its fence.

/** A prompt as its file states it. `template` holds `{{name}}` placeholders. */
export type PromptTemplate = {
  readonly id: string
  readonly version: string
  readonly purpose: string
  readonly template: string
  readonly placeholders: readonly string[]
}

const frontMatter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/
const placeholder = /\{\{([a-z][A-Za-z]*)\}\}/g
/** Every tag our templates fence data with, opening or closing, however it is spaced or cased. */
const fenceTag = /<(?=\s*\/?\s*(?:document|partial|conversation|instruction)\b)/gi

/** Reads a prompt file, or says what is wrong with it; prompt files ship with the app, so a fault is a bug. */
export function parsePrompt(text: string): PromptTemplate {
  const matter = frontMatter.exec(text)
  if (matter === null) throw new Error('a prompt file starts with front matter')
  const fields = new Map<string, string>()
  for (const line of (matter[1] ?? '').split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) fields.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  const template = text.slice(matter[0].length).trim()
  const placeholders = [...new Set([...template.matchAll(placeholder)].map((match) => match[1] ?? ''))]
  const [id, version, purpose] = [fields.get('id'), fields.get('version'), fields.get('purpose')]
  if (!id || !version || !purpose || template === '')
    throw new Error(`prompt ${id ?? ''}: id, version, purpose or text`)
  return { id, version, purpose, template, placeholders }
}

/**
 * Fills every placeholder once; values are data: placeholders inside them stay as they are, and a tag that could close
 * or open one of our fences loses its bracket. A missing or unknown name is a bug.
 */
export function renderPrompt(prompt: PromptTemplate, values: Readonly<Record<string, string>>): string {
  for (const name of Object.keys(values)) {
    if (!prompt.placeholders.includes(name)) throw new Error(`prompt ${prompt.id} has no placeholder ${name}`)
  }
  return prompt.template.replace(placeholder, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`prompt ${prompt.id} needs ${name}`)
    return neutraliseFences(value)
  })
}

/** Text that cannot leave its fence: `<` of a fence tag becomes `‹`; everything else is unchanged. */
export function neutraliseFences(text: string): string {
  return text.replace(fenceTag, '‹')
}
