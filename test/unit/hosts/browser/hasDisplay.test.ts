// Where a window can be shown.
import { expect, test } from 'vitest'
import { hasDisplay } from '../../../../main/hosts/browser/hasDisplay.ts'

test.each([
  ['linux', {}, false],
  ['linux', { DISPLAY: '' }, false],
  ['linux', { DISPLAY: ':0' }, true],
  ['freebsd', { WAYLAND_DISPLAY: 'wayland-0' }, true],
  ['win32', {}, true],
  ['darwin', {}, true],
])('%s with %j: %s', (platform, environment, shown) => {
  expect(hasDisplay(platform, environment)).toBe(shown)
})
