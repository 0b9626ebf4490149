// The Chat Completions API as OpenAI, Azure OpenAI, Mistral, xAI and servers of one's own speak it, by OpenAI's client.
import { assertNever } from '#contract/result.ts'
import type { ProviderKind } from '#contract/cloud.ts'
import { type CapturedRequest, captureRequest, type CapturingFetch, keyStandIn } from './captureRequest.ts'
import { type TurnRequest, turnsOf } from './turnRequest.ts'

type ChatBody = {
  model: string
  stream: true
  stream_options?: { include_usage: true }
  max_completion_tokens?: number
  max_tokens?: number
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[]
}

/** The version of Azure's interface whose answers are read here. */
const azureVersion = '2024-10-21'

const silent = {
  adminAPIKey: null,
  organization: null,
  project: null,
  webhookSecret: null,
  logLevel: 'off',
  maxRetries: 0,
  dangerouslyAllowBrowser: false,
} as const // as: the options are literals to the client

/** The request as the client writes it; pieces of one turn are joined by blank lines, because not every server takes lists. */
export async function openaiRequest(request: TurnRequest): Promise<CapturedRequest> {
  const { kind, baseUrl, modelId } = request.target
  const body = bodyOf(request)
  return captureRequest(async (capture) => {
    // as: the clients want a fetch that answers; this one never does
    const fetch = capture as unknown as typeof globalThis.fetch & CapturingFetch // as: see above
    if (kind === 'azure') {
      const { AzureOpenAI } = await import('openai/azure')
      const places = { baseURL: '', endpoint: baseUrl, deployment: modelId, apiVersion: azureVersion }
      return new AzureOpenAI({ ...silent, ...places, apiKey: keyStandIn, fetch }).chat.completions.create(body)
    }
    const { OpenAI } = await import('openai/client')
    return new OpenAI({ ...silent, baseURL: baseUrl, apiKey: keyStandIn, fetch }).chat.completions.create(body)
  })
}

function bodyOf({ target, pieces, maxOutputTokens }: TurnRequest): ChatBody {
  const { system, turns } = turnsOf(pieces)
  const instructions = system.length === 0 ? [] : [{ role: 'system' as const, content: system.join('\n\n') }]
  return {
    model: target.modelId,
    stream: true,
    ...usageAsked(target.kind),
    ...lengthLimit(target.kind, maxOutputTokens),
    messages: [...instructions, ...turns.map(({ role, texts }) => ({ role, content: texts.join('\n\n') }))],
  }
}

// Mistral always sends the count and refuses fields it does not know.
function usageAsked(kind: ProviderKind): Pick<ChatBody, 'stream_options'> {
  return kind === 'mistral' ? {} : { stream_options: { include_usage: true } }
}

function lengthLimit(kind: ProviderKind, tokens: number): Pick<ChatBody, 'max_tokens' | 'max_completion_tokens'> {
  switch (kind) {
    case 'openai':
    case 'azure':
    case 'xai':
      return { max_completion_tokens: tokens }
    case 'mistral':
    case 'private':
    case 'anthropic':
    case 'foundry':
      return { max_tokens: tokens }
    default:
      return assertNever(kind)
  }
}
