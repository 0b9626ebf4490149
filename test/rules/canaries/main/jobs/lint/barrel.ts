// Canary: this file must be refused.
export * from '../jobService.ts'
// canary: lint no-restricted-syntax no-barrel
