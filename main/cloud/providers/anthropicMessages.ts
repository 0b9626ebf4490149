// Anthropic's Messages API, at Anthropic and on Microsoft Foundry, written by Anthropic's own clients.
import { type CapturedRequest, captureRequest, type CapturingFetch, keyStandIn } from './captureRequest.ts'
import { type TurnRequest, turnsOf } from './turnRequest.ts'

type TextBlock = { type: 'text'; text: string; cache_control?: { type: 'ephemeral' } }
type MessageBody = {
  model: string
  max_tokens: number
  stream: true
  thinking?: { type: 'adaptive' }
  system?: TextBlock[]
  messages: { role: 'user' | 'assistant'; content: TextBlock[] }[]
}

/**
 * Everything the client would otherwise take from the environment is given; what it has no switch for (custom headers
 * of the environment) is dropped by `captureRequest`. It never connects, retries, logs or traces.
 */
const silent = {
  authToken: null,
  webhookKey: null,
  logLevel: 'off',
  openTelemetry: false,
  maxRetries: 0,
  dangerouslyAllowBrowser: false,
} as const // as: the options are literals to the client

/** The request as the client writes it. The longest stable beginning is marked for the provider's prompt cache. */
export async function anthropicRequest(request: TurnRequest): Promise<CapturedRequest> {
  const { kind, baseUrl } = request.target
  const body = bodyOf(request)
  return captureRequest(async (capture) => {
    // as: the clients want a fetch that answers; this one never does
    const fetch = capture as unknown as typeof globalThis.fetch & CapturingFetch // as: see above
    if (kind === 'foundry') {
      const { AnthropicFoundry } = await import('@anthropic-ai/foundry-sdk')
      const { authToken: _, ...options } = silent
      const client = new AnthropicFoundry({ ...options, apiKey: keyStandIn, baseURL: baseUrl, resource: null, fetch })
      return client.messages.create(body)
    }
    const { Anthropic } = await import('@anthropic-ai/sdk/client')
    const client = new Anthropic({ ...silent, apiKey: keyStandIn, baseURL: baseUrl, fetch })
    return client.messages.create(body)
  })
}

function bodyOf({ target, pieces, maxOutputTokens }: TurnRequest): MessageBody {
  const { system, turns } = turnsOf(pieces)
  const messages = turns.map(({ role, texts }) => ({ role, content: texts.map(textBlock) }))
  // What will be sent again with a next message is worth keeping; a lone short question is not.
  const stable = messages.length > 1 ? messages.at(-2)?.content.at(-1) : messages[0]?.content.at(-2)
  if (stable !== undefined) stable.cache_control = { type: 'ephemeral' }
  return {
    model: target.modelId,
    max_tokens: maxOutputTokens,
    stream: true,
    ...(target.thinking ? { thinking: { type: 'adaptive' as const } } : {}),
    ...(system.length === 0 ? {} : { system: system.map(textBlock) }),
    messages,
  }
}

function textBlock(text: string): TextBlock {
  return { type: 'text', text }
}
