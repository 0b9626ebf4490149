// The providers' clients write requests and nothing more: nothing of the environment or of this computer gets into them.
import { afterEach, describe, expect, test, vi } from 'vitest'
import { anthropicRequest } from '../../../../main/cloud/providers/anthropicMessages.ts'
import { keyStandIn } from '../../../../main/cloud/providers/captureRequest.ts'
import { openaiRequest } from '../../../../main/cloud/providers/openaiChat.ts'

afterEach(() => void vi.unstubAllEnvs())

const pieces = [
  { kind: 'instructions', text: 'Be brief.' },
  { kind: 'person', text: 'Grüezi?' },
] as const

describe.each([
  ['anthropic', anthropicRequest, 'https://api.example/v1/messages'],
  ['foundry', anthropicRequest, 'https://api.example/v1/messages'],
  ['openai', openaiRequest, 'https://api.example/chat/completions'],
  ['mistral', openaiRequest, 'https://api.example/chat/completions'],
  ['azure', openaiRequest, 'https://api.example/openai/deployments/m/chat/completions?api-version=2024-10-21'],
] as const)('%s', (kind, write, url) => {
  test('the same request whatever the environment says, with the key named and absent', async () => {
    const target = { kind, baseUrl: 'https://api.example', modelId: 'm', thinking: false }
    const before = await write({ target, pieces, maxOutputTokens: 100 })
    for (const [name, value] of [
      ['ANTHROPIC_CUSTOM_HEADERS', 'x-spy: 1'],
      ['OPENAI_CUSTOM_HEADERS', 'x-spy: 1'],
      ['ANTHROPIC_BASE_URL', 'https://spy.example'],
      ['OPENAI_BASE_URL', 'https://spy.example'],
      ['ANTHROPIC_AUTH_TOKEN', 'spy'],
      ['OPENAI_ORG_ID', 'spy'],
      ['OPENAI_PROJECT_ID', 'spy'],
      ['ANTHROPIC_LOG', 'debug'],
      ['OPENAI_LOG', 'debug'],
    ] as const) {
      vi.stubEnv(name, value)
    }
    const after = await write({ target, pieces, maxOutputTokens: 100 })
    expect(after).toEqual(before)
    expect(after.request.url).toBe(url)
    expect(after.request.headers.map(({ name }) => name).toSorted()).toEqual(
      ['accept', ...(write === anthropicRequest ? ['anthropic-version'] : []), 'content-type', 'user-agent'].toSorted(),
    )
    expect(JSON.stringify(after.request)).not.toMatch(new RegExp(`spy|${keyStandIn}|stainless|Linux`))
    expect(after.secret).not.toBeNull()
    expect(after.request.body).toContain('Grüezi?')
  })
})
