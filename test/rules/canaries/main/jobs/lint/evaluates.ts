// Canary: this file must be refused.
eval('1')
// canary: lint no-eval
