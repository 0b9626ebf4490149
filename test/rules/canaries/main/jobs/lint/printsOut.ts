// Canary: this file must be refused.
console.log(1)
// canary: lint no-console
