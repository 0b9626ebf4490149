// The one table of providers: whose service, which wire, where, and which models. Prices are in resources/prices.json.
import type { ProviderKind } from '#contract/cloud.ts'

/** The two ways requests and answers are written. */
export type Wire = 'anthropic-messages' | 'openai-chat'

/** A model as the table lists it; limits in tokens. `thinking` says whether adaptive thinking is asked for. */
export type TableModel = {
  readonly id: string
  readonly name: string
  readonly contextTokens: number
  readonly outputTokens: number
  readonly thinking?: 'adaptive'
}

/** A provider that is there without being added. Its id is its kind. */
export type TableProvider = {
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  readonly models: readonly TableModel[]
}

const million = 1_000_000

/** Providers with a public address, in the order they are offered. Sources and dates: docs/cloud.md. */
export const providerTable: readonly TableProvider[] = [
  {
    kind: 'anthropic',
    name: 'Anthropic',
    baseUrl: 'https://api.anthropic.com',
    models: [
      claude('claude-sonnet-5-5', 'Claude Sonnet 5.5'),
      claude('claude-haiku-5-5', 'Claude Haiku 5.5'),
      claude('claude-opus-5-5', 'Claude Opus 5.5'),
      claude('claude-fable-5-1', 'Claude Fable 5.1'),
    ],
  },
  {
    kind: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    models: [
      { id: 'gpt-6.1-sol', name: 'GPT-6.1 Sol', contextTokens: 1_050_000, outputTokens: 128_000 },
      { id: 'gpt-6-luna', name: 'GPT-6 Luna', contextTokens: 1_050_000, outputTokens: 128_000 },
    ],
  },
  {
    kind: 'mistral',
    name: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    models: [{ id: 'mistral-large-4', name: 'Mistral Large 4', contextTokens: million, outputTokens: 32_000 }],
  },
  {
    kind: 'xai',
    name: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    models: [{ id: 'grok-4.6', name: 'Grok 4.6', contextTokens: 500_000, outputTokens: 32_000 }],
  },
]

/** Which wire each kind of provider speaks. */
export const wireOf: Readonly<Record<ProviderKind, Wire>> = {
  anthropic: 'anthropic-messages',
  foundry: 'anthropic-messages',
  openai: 'openai-chat',
  azure: 'openai-chat',
  mistral: 'openai-chat',
  xai: 'openai-chat',
  private: 'openai-chat',
}

function claude(id: string, name: string): TableModel {
  return { id, name, contextTokens: million, outputTokens: 128_000, thinking: 'adaptive' }
}
