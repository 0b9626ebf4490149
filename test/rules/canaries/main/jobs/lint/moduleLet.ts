// Canary: this file must be refused.
/** Counts for everybody. */
export let count = 0
count += 1
// canary: lint no-restricted-syntax no-module-let
