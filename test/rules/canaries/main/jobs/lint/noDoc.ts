// Canary: this file must be refused.
export const undocumented = 1
// canary: lint local/doc-on-export
