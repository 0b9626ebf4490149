// What the bare engine is asked and what it answers.

/** Texts are plain; `tokens` is how many to write. */
export type BareOrder =
  | { readonly kind: 'load'; readonly path: string; readonly threads: number; readonly contextTokens: number }
  | { readonly kind: 'write'; readonly prompt: string; readonly tokens: number }
  | { readonly kind: 'read'; readonly prompt: string }
  | {
      readonly kind: 'chat'
      readonly system: string
      readonly messages: readonly string[]
      readonly tokens: number
    }

/** Milliseconds by this process's own clock; `evaluated` counts prompt tokens per message of a chat. */
export type BareAnswer =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'wrote'; readonly tokensPerSecond: number }
  | { readonly kind: 'read'; readonly tokens: number; readonly milliseconds: number }
  | { readonly kind: 'chatted'; readonly evaluated: readonly number[] }
