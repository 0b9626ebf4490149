// The form of an endpoint as it is typed, and what it becomes once it can be added.
import type { Input } from '#contract/index.ts'

/** Fields as typed; numbers are still text. */
export type EndpointForm = {
  readonly kind: 'foundry' | 'azure' | 'private'
  readonly name: string
  readonly baseUrl: string
  readonly model: string
  readonly contextTokens: string
  readonly outputTokens: string
  readonly inside: boolean
  readonly keyNeeded: boolean
}

/** Nothing typed yet; the token limits are what most servers offer. */
export const emptyEndpoint: EndpointForm = {
  kind: 'private',
  name: '',
  baseUrl: '',
  model: '',
  contextTokens: '32768',
  outputTokens: '4096',
  inside: false,
  keyNeeded: true,
}

/** What to add, or null while something is missing. Only a private endpoint can be inside, or without a key. */
export function endpointOf(form: EndpointForm): Input<'cloud.add-endpoint'> | null {
  const contextTokens = Number(form.contextTokens)
  const outputTokens = Number(form.outputTokens)
  const [name, baseUrl, id] = [form.name.trim(), form.baseUrl.trim(), form.model.trim()]
  const whole = Number.isInteger(contextTokens) && Number.isInteger(outputTokens)
  if (name === '' || baseUrl === '' || id === '' || !whole || contextTokens < 512 || outputTokens < 64) return null
  const own = form.kind === 'private'
  return {
    kind: form.kind,
    name,
    baseUrl,
    models: [{ id, name: id, contextTokens, outputTokens }],
    inside: own && form.inside,
    keyNeeded: !own || form.keyNeeded,
  }
}
