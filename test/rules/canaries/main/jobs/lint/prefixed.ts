// Canary: this file must be refused.
/** An I prefix. */
export type IJob = { readonly id: string }
// canary: lint local/file-name
