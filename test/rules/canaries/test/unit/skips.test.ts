// Canary: this file must be refused.
import { test } from 'vitest'

test.skip('says nothing', () => {})
// canary: lint no-restricted-syntax no-silent-skip
