// Drafts kept by an earlier version stay readable: what it did not know is not claimed.
import { expect, test } from 'vitest'
import { cloudDraft } from '#contract/cloudDraft.ts'
import { openCloud, valueOf } from '../../fakes/cloudFixture.ts'

test('a draft without the newer facts is read, with nothing confirmed and nothing said of who looked for names', async () => {
  await using fixture = await openCloud({ settings: { cloudModel: 'anthropic/claude-opus-5-5' } })
  const { client, conversationId } = fixture
  const { draft } = valueOf(await client.call('chat.prepare-cloud', { conversationId, text: 'Hello.' }))
  const { names: _names, ...kept } = draft
  const { priceConfirmed: _confirmed, ...estimate } = draft.estimate
  const scopes = draft.scopes.map(({ content: _content, ...scope }) => scope)
  const read = cloudDraft.parse(JSON.parse(JSON.stringify({ ...kept, estimate, scopes })))
  expect(read).toEqual({
    ...draft,
    names: { by: 'rules', model: null, why: null },
    estimate: { ...draft.estimate, priceConfirmed: false },
    scopes: draft.scopes.map((scope) => ({ ...scope, content: [] })),
  })
  expect(draft.estimate.priceConfirmed).toBe(true)
})
