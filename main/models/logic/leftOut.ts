// Says a header's refusal in the way people need it: no model by itself, or not a sound file.
import { fail, type Result } from '#contract/result.ts'

const byItself: Readonly<Record<string, 'multi-part' | 'projector' | 'adapter'>> = {
  'split-file': 'multi-part',
  projector: 'projector',
  adapter: 'adapter',
}

/** `model-left-out` for a sound file that needs another one, else `model-invalid` with the validator's reason. */
export function refusedHeader(name: string, reason: string): Result<never> {
  const leftOut = byItself[reason]
  return leftOut === undefined
    ? fail('model-invalid', { name, reason })
    : fail('model-left-out', { name, reason: leftOut })
}
