// The prompts that ship with the app, read once at the start.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parsePrompt, renderPrompt, type PromptTemplate } from './logic/promptTemplate.ts'

/** A prompt ready to use. Answers name `id` and `version`; `render` takes every placeholder by name. */
export type Prompt = {
  readonly id: string
  readonly version: string
  render(values: Readonly<Record<string, string>>): string
}

/** Every prompt by id. */
export class PromptLibrary {
  readonly #prompts: ReadonlyMap<string, PromptTemplate>

  constructor(prompts: readonly PromptTemplate[]) {
    this.#prompts = new Map(prompts.map((prompt) => [prompt.id, prompt]))
    if (this.#prompts.size !== prompts.length) throw new Error('two prompts share an id')
  }

  /** Reads `*.md` of a folder; a missing folder or a faulty file is a broken installation and rejects. */
  static async load(folder: string): Promise<PromptLibrary> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
    return new PromptLibrary(texts.map(parsePrompt))
  }

  /** A prompt that must exist; an unknown id is a bug. */
  get(id: string): Prompt {
    const prompt = this.#prompts.get(id)
    if (prompt === undefined) throw new Error(`no prompt ${id}`)
    return { id, version: prompt.version, render: (values) => renderPrompt(prompt, values) }
  }

  /** Ids in use, sorted. */
  ids(): readonly string[] {
    return [...this.#prompts.keys()].sort()
  }
}
