// The prompts that ship with the app, in every version that ever did, read once at the start.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '#contract/result.ts'
import type { ShippedPrompt } from '#contract/prompt.ts'
import { parsePrompt, renderPrompt, type PromptTemplate } from './logic/promptTemplate.ts'

/** A prompt ready to use. Answers name `id` and `version`; `render` takes every placeholder by name. */
export type Prompt = {
  readonly id: string
  readonly version: string
  render(values: Readonly<Record<string, string>>): string
}

/** Where versions lie that are no longer in use, as `<id>@<version>.md`. */
const pastFolder = 'past'

/** Every prompt by id, and every version by id and version. */
export class PromptLibrary {
  readonly #prompts: ReadonlyMap<string, PromptTemplate>
  readonly #past: readonly PromptTemplate[]

  /** `prompts` are in use, one version each; `past` only answers `find`. */
  constructor(prompts: readonly PromptTemplate[], past: readonly PromptTemplate[] = []) {
    this.#prompts = new Map(prompts.map((prompt) => [prompt.id, prompt]))
    this.#past = past
    if (this.#prompts.size !== prompts.length) throw new Error('two prompts share an id')
    const versions = [...prompts, ...past].map(({ id, version }) => `${id}@${version}`)
    if (new Set(versions).size !== versions.length) throw new Error('two prompts share an id and a version')
  }

  /** Reads `*.md` of a folder and of its `past`; a missing folder or a faulty file is a broken installation and rejects. */
  static async load(folder: string): Promise<PromptLibrary> {
    const past = (await readdir(folder)).includes(pastFolder) ? await readPrompts(join(folder, pastFolder)) : []
    return new PromptLibrary(await readPrompts(folder), past)
  }

  /** A prompt that must exist; an unknown id is a bug. */
  get(id: string): Prompt {
    const prompt = this.#prompts.get(id)
    if (prompt === undefined) throw new Error(`no prompt ${id}`)
    return { id, version: prompt.version, render: (values) => renderPrompt(prompt, values) }
  }

  /** What a result that names `id` and `version` was made with, in use or not. Failure: `not-found`. */
  find(id: string, version: string): Result<ShippedPrompt> {
    const inUse = this.#prompts.get(id)
    const found = [...(inUse === undefined ? [] : [inUse]), ...this.#past].find(
      (prompt) => prompt.id === id && prompt.version === version,
    )
    if (found === undefined) return fail('not-found', { what: 'prompt', id: `${id}@${version}` })
    const { purpose, template } = found
    return ok({ id, version, purpose, template, current: found === inUse })
  }

  /** Ids in use, sorted. */
  ids(): readonly string[] {
    return [...this.#prompts.keys()].sort()
  }
}

async function readPrompts(folder: string): Promise<PromptTemplate[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.map(parsePrompt)
}
