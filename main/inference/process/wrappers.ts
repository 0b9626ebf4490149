// Chat wrappers: ours from the catalogue, the engine's own, and the file's template once it was allowed. Thinking is off.
import type { ChatWrapper, LlamaModel, ResolveChatWrapperOptions, SpecializedChatWrapperTypeName } from 'node-llama-cpp'
import { assertNever } from '#contract/result.ts'
import type { WrapperSpec } from '../localGenerator.ts'
import type { Library } from './library.ts'

/** Settings that keep thinking out of answers, by wrapper, where a wrapper has a switch. */
const withoutThinking = {
  qwen: { thoughts: 'discourage' },
  gemma4: { reasoning: false },
  seed: { thinkingBudget: 0 },
} as const

/** The wrapper a spec names; null when the engine has none of that name or the file carries no usable template. */
export function wrapperFor(library: Library, model: LlamaModel, spec: WrapperSpec): ChatWrapper | null {
  switch (spec.kind) {
    case 'jinja':
      return jinjaWrapper(library, model, spec.template)
    case 'embedded': {
      const template = model.fileInfo.metadata?.tokenizer?.chat_template
      return typeof template === 'string' ? jinjaWrapper(library, model, template) : null
    }
    case 'builtin': {
      const type = library.specializedChatWrapperTypeNames.find((name) => name === spec.name)
      if (type === undefined) return null
      return library.resolveChatWrapper(model, {
        type,
        warningLogs: false,
        customWrapperSettings: withoutThinking,
      })
    }
    default:
      return assertNever(spec)
  }
}

/** The name of the engine's own wrapper that writes what `template` would write, or null. Renders the template here. */
export function matchingWrapper(library: Library, template: string, architecture: string): string | null {
  // A template that does not render would be guessed from its words instead of compared.
  if (!renders(library, template)) return null
  const metadata = { general: { architecture }, tokenizer: { chat_template: template } }
  const matched = library.resolveChatWrapper({
    architecture: architecture as NonNullable<ResolveChatWrapperOptions['architecture']>, // as: an enum of plain strings; unknown ones match nothing
    fileInfo: { metadata } as NonNullable<ResolveChatWrapperOptions['fileInfo']>, // as: only these facts are asked of it
    warningLogs: false,
  })
  return matched === null ? null : (namesByClass(library).get(matched.constructor) ?? null)
}

function namesByClass(library: Library): ReadonlyMap<unknown, SpecializedChatWrapperTypeName> {
  return new Map<unknown, SpecializedChatWrapperTypeName>([
    [library.GeneralChatWrapper, 'general'],
    [library.DeepSeekChatWrapper, 'deepSeek'],
    [library.QwenChatWrapper, 'qwen'],
    [library.Llama3_2LightweightChatWrapper, 'llama3.2-lightweight'],
    [library.Llama3_1ChatWrapper, 'llama3.1'],
    [library.Llama3ChatWrapper, 'llama3'],
    [library.Llama2ChatWrapper, 'llama2Chat'],
    [library.MistralChatWrapper, 'mistral'],
    [library.AlpacaChatWrapper, 'alpacaChat'],
    [library.FunctionaryChatWrapper, 'functionary'],
    [library.ChatMLChatWrapper, 'chatML'],
    [library.FalconChatWrapper, 'falconChat'],
    [library.Gemma4ChatWrapper, 'gemma4'],
    [library.GemmaChatWrapper, 'gemma'],
    [library.HarmonyChatWrapper, 'harmony'],
    [library.MuseChatWrapper, 'muse'],
    [library.SeedChatWrapper, 'seed'],
  ])
}

function renders(library: Library, template: string): boolean {
  try {
    return new library.JinjaTemplateChatWrapper({ template }).template === template
  } catch {
    return false
  }
}

function jinjaWrapper(library: Library, model: LlamaModel, template: string): ChatWrapper | null {
  try {
    return new library.JinjaTemplateChatWrapper({ template, reasoning: false, tokenizer: model.tokenizer })
  } catch {
    // A template of someone else's that does not render is an unusable model, not a fault of ours.
    return null
  }
}
