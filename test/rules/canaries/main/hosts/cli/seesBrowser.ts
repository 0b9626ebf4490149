// Two hosts entangled.
import '../browser/browserHost.ts'
// canary: deps hosts-do-not-see-each-other
