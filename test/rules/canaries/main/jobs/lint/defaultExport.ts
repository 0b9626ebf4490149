// Canary: this file must be refused.
export default 1
// canary: lint no-restricted-syntax no-default-export
