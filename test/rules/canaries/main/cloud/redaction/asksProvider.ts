// Redaction asks a provider.
import '../providers/anthropic.ts'
// canary: deps redaction-never-leaves
