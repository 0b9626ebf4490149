// The one list of failures: each code with the details its sentence needs. Zod-free, so the window can import it.

/** Details by failure code. Sentences live in `resources/locales/*.json` under `failures.<code>`. */
export type FailureDetails = {
  // the wire
  'invalid-input': { readonly issues: readonly string[] }
  'unknown-method': { readonly method: string }
  'command-line-only': { readonly method: string }
  disconnected: Record<string, never>
  'protocol-mismatch': { readonly expected: number; readonly found: number }
  internal: { readonly id: string }
  'not-found': {
    readonly what:
      | 'document'
      | 'summary'
      | 'conversation'
      | 'message'
      | 'job'
      | 'model'
      | 'upload'
      | 'folder'
      | 'file'
      | 'provider'
      | 'draft'
      | 'grant'
      | 'scope'
      | 'download'
      | 'gpu-state'
      | 'report'
      | 'thread'
      | 'comparison'
      | 'answer'
      | 'prompt'
    readonly id: string
  }
  // files and documents
  'file-missing': { readonly name: string }
  'file-exists': { readonly name: string }
  'file-unwritable': { readonly name: string; readonly reason: string }
  'file-unreadable': { readonly name: string; readonly reason: string }
  'file-not-regular': { readonly name: string }
  'file-empty': { readonly name: string }
  'file-too-large': { readonly name: string; readonly bytes: number; readonly limitBytes: number }
  'format-unsupported': { readonly name: string; readonly detected: string }
  'document-encrypted': { readonly name: string }
  'document-password-wrong': { readonly name: string }
  'document-protected': { readonly name: string }
  'document-legacy': { readonly name: string; readonly detected: string; readonly modern: string }
  'document-unsafe': {
    readonly name: string
    readonly reason: 'size' | 'ratio' | 'entries' | 'names' | 'sizes' | 'declaration' | 'depth'
  }
  'document-corrupt': { readonly name: string }
  'document-without-text': { readonly name: string; readonly unit: string; readonly total: number }
  'document-too-long': { readonly name: string; readonly limitCharacters: number }
  'document-changed': { readonly name: string }
  'document-file-unknown': { readonly name: string }
  'folder-unreadable': { readonly name: string; readonly reason: string }
  'folder-unreachable': { readonly name: string; readonly seconds: number }
  'reader-timeout': { readonly name: string; readonly seconds: number }
  'reader-out-of-memory': { readonly name: string; readonly limitMegabytes: number }
  'reader-crashed': { readonly name: string }
  // models and the engine
  'model-not-installed': Record<string, never>
  'model-missing': { readonly name: string }
  'model-invalid': { readonly name: string; readonly reason: string }
  'model-too-large': { readonly name: string; readonly neededBytes: number; readonly availableBytes: number }
  'model-not-allowed': { readonly name: string }
  /** A sound file that is no model by itself. */
  'model-left-out': {
    readonly name: string
    readonly reason: 'multi-part' | 'projector' | 'adapter' | 'unfinished' | 'not-gguf' | 'missing' | 'outside'
  }
  'catalogue-refused': {
    readonly reason: 'expired' | 'format' | 'key' | 'no-mirror' | 'older' | 'signature' | 'too-large' | 'unreadable'
  }
  'pack-invalid': {
    readonly name: string
    readonly reason:
      'exists' | 'file-missing' | 'manifest' | 'no-folder' | 'not-signed' | 'signature' | 'wrong-hash' | 'wrong-size'
  }
  /** `created` is when the pack was made, `newest` when the newest installed one of the same key was. */
  'pack-older': { readonly created: string; readonly newest: string }
  'download-failed': {
    readonly name: string
    readonly reason:
      | 'bad-length'
      | 'bad-range'
      | 'bad-source'
      | 'busy'
      | 'changing'
      | 'forbidden'
      | 'no-folder'
      | 'no-length'
      | 'no-model'
      | 'not-a-list'
      | 'not-as-pinned'
      | 'not-found'
      | 'part-file'
      | 'refused'
      | 'wrong-hash'
      | 'wrong-size'
  }
  'licence-required': { readonly name: string; readonly licence: string; readonly url: string }
  'model-load-failed': { readonly name: string }
  'engine-crashed': Record<string, never>
  'engine-hung': { readonly seconds: number }
  'engine-unavailable': { readonly restarts: number; readonly minutes: number }
  'engine-out-of-memory': Record<string, never>
  'machine-busy': Record<string, never>
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
  // the cloud; `sentBytes` is what the ledger says had left of the request's body when it failed
  'cloud-not-set-up': Record<string, never>
  'cloud-key-missing': { readonly provider: string }
  'cloud-key-refused': { readonly provider: string; readonly sentBytes: number }
  'cloud-not-permitted': { readonly provider: string; readonly sentBytes: number }
  'cloud-provider-not-allowed': { readonly provider: string }
  'cloud-model-unknown': { readonly provider: string; readonly model: string; readonly sentBytes: number }
  'cloud-request-refused': { readonly provider: string; readonly status: number; readonly sentBytes: number }
  'cloud-too-large': { readonly provider: string; readonly sentBytes: number }
  /** `retryAfterSeconds` 0: the provider did not say. */
  'cloud-rate-limited': { readonly provider: string; readonly retryAfterSeconds: number; readonly sentBytes: number }
  'cloud-overloaded': { readonly provider: string; readonly retryAfterSeconds: number; readonly sentBytes: number }
  'cloud-unavailable': { readonly provider: string; readonly status: number; readonly sentBytes: number }
  'cloud-unreachable': { readonly host: string; readonly reason: string; readonly sentBytes: number }
  'cloud-certificate': { readonly host: string; readonly reason: string }
  'cloud-captive-portal': { readonly host: string; readonly sentBytes: number }
  'cloud-redirected': { readonly host: string; readonly sentBytes: number }
  'cloud-cut': { readonly provider: string; readonly receivedBytes: number; readonly sentBytes: number }
  'cloud-stalled': { readonly provider: string; readonly seconds: number; readonly sentBytes: number }
  'cloud-garbled': {
    readonly provider: string
    readonly reason: 'format' | 'line-too-long'
    readonly sentBytes: number
  }
  'cloud-declined': { readonly provider: string; readonly sentBytes: number }
  'cloud-context-full': { readonly neededTokens: number; readonly contextTokens: number }
  'cloud-budget-reached': { readonly limitUsd: number; readonly spentUsd: number }
  'cloud-price-unknown': { readonly model: string }
  'cloud-endpoint-invalid': {
    readonly issue: 'address' | 'scheme' | 'not-inside' | 'model'
  }
  'cloud-withdrawn': { readonly sentBytes: number }
  'proxy-refused': { readonly scheme: string }
  'draft-closed': { readonly state: string }
  'draft-changed': Record<string, never>
  'consent-expired': Record<string, never>
  'consent-used': Record<string, never>
  'consent-mismatch': Record<string, never>
  /** Kinds of what a second look still found, and how many places. */
  'redaction-incomplete': { readonly classes: readonly string[]; readonly count: number }
  'network-failed': { readonly host: string; readonly reason: string }
  'ledger-broken': { readonly seq: number; readonly reason: string }
  // work
  'job-not-resumable': { readonly id: string }
  'job-not-ended': { readonly id: string }
  /** Nothing of it can be summarized: `files` were looked at. */
  'batch-empty': { readonly name: string; readonly files: number }
  'document-not-read': { readonly name: string }
  'summary-empty': { readonly name: string }
  'document-too-short': { readonly name: string }
  'comparison-same-document': { readonly name: string }
}

/** Every failure code. */
export type FailureCode = keyof FailureDetails

/** A failure as a value: a code and the details its sentence needs. Never carries document text. */
export type Failure = {
  [Code in FailureCode]: { readonly code: Code; readonly details: FailureDetails[Code] }
}[FailureCode]
