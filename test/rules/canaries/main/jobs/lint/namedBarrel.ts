// Canary: this file must be refused.
export { jobService } from '../jobService.ts'
// canary: lint no-restricted-syntax no-barrel
