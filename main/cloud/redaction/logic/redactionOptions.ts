// What redaction is told before it looks.
import type { NamedTerm } from './namedTerms.ts'
import type { RedactionVault } from './vault.ts'

/**
 * What to look for besides the rules. `hide`: the person's own words, always hidden; `never`: words never hidden, which
 * wins; `countries`: ISO codes in whose form telephone numbers without a country prefix are read, most likely first;
 * `named`: names the model here saw; `vault`: what this conversation has hidden already, found again wherever it stands.
 */
export type RedactionOptions = {
  readonly hide?: readonly string[]
  readonly never?: readonly string[]
  readonly named?: readonly NamedTerm[]
  readonly countries?: readonly string[]
  readonly vault?: RedactionVault
}
