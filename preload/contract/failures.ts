// The one list of failures: each code with the details its sentence needs. Zod-free, so the window can import it.

/** Details by failure code. Sentences live in `resources/locales/*.json` under `failures.<code>`. */
export type FailureDetails = {
  // the wire
  'invalid-input': { readonly issues: readonly string[] }
  'unknown-method': { readonly method: string }
  disconnected: Record<string, never>
  'protocol-mismatch': { readonly expected: number; readonly found: number }
  internal: { readonly id: string }
  'not-found': {
    readonly what: 'document' | 'summary' | 'conversation' | 'message' | 'job' | 'model' | 'upload'
    readonly id: string
  }
  // files and documents
  'file-missing': { readonly name: string }
  'file-unreadable': { readonly name: string; readonly reason: string }
  'file-not-regular': { readonly name: string }
  'file-empty': { readonly name: string }
  'file-too-large': { readonly name: string; readonly bytes: number; readonly limitBytes: number }
  'format-unsupported': { readonly name: string; readonly detected: string }
  'document-encrypted': { readonly name: string }
  'document-corrupt': { readonly name: string }
  'document-without-text': { readonly name: string; readonly unit: string; readonly total: number }
  'document-too-long': { readonly name: string; readonly limitCharacters: number }
  'document-changed': { readonly name: string }
  'reader-timeout': { readonly name: string; readonly seconds: number }
  'reader-out-of-memory': { readonly name: string; readonly limitMegabytes: number }
  'reader-crashed': { readonly name: string }
  // models and the engine
  'model-not-installed': Record<string, never>
  'model-missing': { readonly name: string }
  'model-invalid': { readonly name: string; readonly reason: string }
  'model-too-large': { readonly name: string; readonly neededBytes: number; readonly availableBytes: number }
  'model-not-allowed': { readonly name: string }
  'model-load-failed': { readonly name: string }
  'engine-crashed': Record<string, never>
  'engine-hung': { readonly seconds: number }
  'engine-unavailable': { readonly restarts: number; readonly minutes: number }
  'engine-out-of-memory': Record<string, never>
  'generation-empty': Record<string, never>
  'context-full': { readonly neededTokens: number; readonly contextTokens: number; readonly reservedTokens: number }
  'unsupported-by-model': { readonly feature: 'embedding' | 'grammar' }
  // the data folder
  'data-in-use': { readonly pid: number }
  'data-read-only': { readonly folder: string }
  'data-newer': { readonly found: string; readonly supported: string }
  'data-corrupt': { readonly folder: string }
  'data-unreachable': { readonly folder: string; readonly reason: string }
  'disk-full': { readonly folder: string }
  'key-missing': { readonly folder: string }
  'key-wrong': { readonly folder: string }
  'keystore-unavailable': { readonly reason: string }
  // settings, policy, the way out
  'setting-locked': { readonly key: string; readonly reason: string; readonly contact: string }
  'setting-invalid': { readonly key: string; readonly issue: string }
  'local-only': { readonly by: 'setting' | 'policy' | 'environment' }
  'egress-refused': {
    readonly host: string
    readonly reason: 'purpose' | 'host' | 'scheme' | 'redirect' | 'method' | 'address'
  }
  'consent-required': Record<string, never>
  'network-failed': { readonly host: string; readonly reason: string }
  'ledger-broken': { readonly seq: number; readonly reason: string }
  // work
  'job-not-resumable': { readonly id: string }
  'summary-empty': { readonly name: string }
  'document-too-short': { readonly name: string }
}

/** Every failure code. */
export type FailureCode = keyof FailureDetails

/** A failure as a value: a code and the details its sentence needs. Never carries document text. */
export type Failure = {
  [Code in FailureCode]: { readonly code: Code; readonly details: FailureDetails[Code] }
}[FailureCode]
