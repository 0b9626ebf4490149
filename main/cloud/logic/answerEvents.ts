// What the events of both wires mean: text, counts, and how the answer ended.

/** Tokens as the provider counts them; `cached` of the input were read from its cache, `written` written to it. */
export type TokenUsage = {
  readonly input: number
  readonly cached: number
  readonly written: number
  readonly output: number
}

/** How a model's answer ended by its own account. */
export type AnswerStop = 'complete' | 'length' | 'refused'

/** One thing an event says. `done` is the wire's own last word; `error` carries the provider's error type. */
export type AnswerEvent =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Partial<TokenUsage> }
  | { readonly type: 'stop'; readonly stop: AnswerStop }
  | { readonly type: 'error'; readonly kind: string }
  | { readonly type: 'done' }

/** The meanings of one event's data, or null when it is not of the agreed form. */
export type EventReader = (data: string) => readonly AnswerEvent[] | null

/** Reads events of Anthropic's Messages API. Thinking is not shown and not kept. */
export function anthropicEvents(data: string): readonly AnswerEvent[] | null {
  const event = objectOf(data)
  if (event === null) return null
  switch (event['type']) {
    case 'message_start':
      return usageEvents(field(field(event, 'message'), 'usage'))
    case 'content_block_delta': {
      const delta = field(event, 'delta')
      const text = delta?.['text']
      return delta?.['type'] === 'text_delta' && typeof text === 'string' ? [{ type: 'text', text }] : []
    }
    case 'message_delta': {
      const stop = field(event, 'delta')?.['stop_reason']
      const stops: readonly AnswerEvent[] =
        typeof stop === 'string' ? [{ type: 'stop', stop: anthropicStop(stop) }] : []
      return [...usageEvents(field(event, 'usage')), ...stops]
    }
    case 'message_stop':
      return [{ type: 'done' }]
    case 'error':
      return [{ type: 'error', kind: word(field(event, 'error')?.['type']) ?? 'error' }]
    default:
      return typeof event['type'] === 'string' ? [] : null
  }
}

/** Reads events of the Chat Completions API. */
export function openaiEvents(data: string): readonly AnswerEvent[] | null {
  if (data.trim() === '[DONE]') return [{ type: 'done' }]
  const event = objectOf(data)
  if (event === null) return null
  const error = field(event, 'error')
  if (error !== undefined) return [{ type: 'error', kind: word(error['type']) ?? word(error['code']) ?? 'error' }]
  const choices = event['choices']
  if (choices !== undefined && !Array.isArray(choices)) return null
  const usage = field(event, 'usage')
  if (choices === undefined && usage === undefined) return null
  const first: unknown = choices?.[0]
  const choice = isObject(first) ? first : undefined
  const delta = field(choice, 'delta')
  const found: AnswerEvent[] = []
  const content = delta?.['content']
  if (typeof content === 'string' && content !== '') found.push({ type: 'text', text: content })
  const refusal = delta?.['refusal']
  if (typeof refusal === 'string' && refusal !== '') found.push({ type: 'stop', stop: 'refused' })
  const reason = choice?.['finish_reason']
  if (typeof reason === 'string') found.push({ type: 'stop', stop: openaiStop(reason) })
  if (usage !== undefined) {
    const details = field(usage, 'prompt_tokens_details')
    const cached = number(details?.['cached_tokens']) ?? 0
    const written = number(details?.['cache_write_tokens'])
    const prompt = number(usage['prompt_tokens'])
    found.push({
      type: 'usage',
      usage: {
        ...(prompt === undefined ? {} : { input: Math.max(0, prompt - cached - (written ?? 0)) }),
        cached,
        ...(written === undefined ? {} : { written }),
        output: number(usage['completion_tokens']) ?? 0,
      },
    })
  }
  return found
}

function anthropicStop(reason: string): AnswerStop {
  if (reason === 'refusal') return 'refused'
  return reason === 'max_tokens' || reason === 'model_context_window_exceeded' ? 'length' : 'complete'
}

function openaiStop(reason: string): AnswerStop {
  if (reason === 'content_filter') return 'refused'
  return reason === 'length' || reason === 'model_length' ? 'length' : 'complete'
}

function usageEvents(usage: Fields | undefined): readonly AnswerEvent[] {
  if (usage === undefined) return []
  const found: [keyof TokenUsage, unknown][] = [
    ['input', usage['input_tokens']],
    ['cached', usage['cache_read_input_tokens']],
    ['written', usage['cache_creation_input_tokens']],
    ['output', usage['output_tokens']],
  ]
  const counted = found.flatMap(([name, value]) => {
    const count = number(value)
    return count === undefined ? [] : [[name, count] as const]
  })
  return counted.length === 0 ? [] : [{ type: 'usage', usage: Object.fromEntries(counted) }]
}

type Fields = { readonly [name: string]: unknown }

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function field(of: Fields | undefined, name: string): Fields | undefined {
  const value = of?.[name]
  return isObject(value) ? value : undefined
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined
}

function objectOf(text: string): Fields | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
