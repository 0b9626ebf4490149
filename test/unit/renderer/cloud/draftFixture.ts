// A draft as main gives it, for tests of the window.
import type { CloudDraft } from '#contract/cloudDraft.ts'

/** One message to a provider, asked for once or for the conversation; `changes` make it another. */
export function draftOf(changes: Partial<CloudDraft> = {}): CloudDraft {
  return {
    id: 'd-1',
    taskId: 't-1',
    kind: 'message',
    state: 'waiting',
    conversationId: 'c',
    documentIds: [],
    recipient: {
      providerId: 'p',
      providerName: 'Provider',
      modelId: 'm',
      modelName: 'Model',
      host: 'api.example',
      inside: false,
      retention: 'openai',
      retentionByPolicy: null,
    },
    request: {
      method: 'POST',
      url: 'https://api.example/v1',
      headers: [],
      secretHeader: 'authorization',
      body: '{}',
      bytes: 2,
      digest: 'a'.repeat(64),
    },
    parts: [],
    redactions: [],
    names: { by: 'rules', model: null, why: 'not-able' },
    estimate: { inputTokens: 10, maxOutputTokens: 100, usd: 0.01, priceDate: '2026-10-07', priceConfirmed: true },
    requests: 1,
    scopes: [
      { scope: 'once', content: ['person'], maxBytes: 2, maxUsd: 0.01, minutes: 2 },
      {
        scope: 'conversation',
        content: ['person', 'assistant', 'document'],
        maxBytes: 1_000_000,
        maxUsd: 1,
        minutes: 60,
      },
    ],
    outside: [],
    fallback: null,
    policy: { state: 'none', sha256: null, organisation: null, lawfulBasis: null },
    blocked: null,
    createdAt: '2026-11-20T12:00:00.000Z',
    expiresAt: '2026-11-20T12:30:00.000Z',
    ...changes,
  }
}
