// A page stays where it is, opens nothing and embeds nothing.
import { expect, test } from 'vitest'
import { guardContents } from '../../../../main/hosts/electron/contentsGuard.ts'
import { FakeContents } from '../../../fakes/fakeElectronPage.ts'

function guarded() {
  const contents = new FakeContents()
  const asked: string[] = []
  guardContents(contents.real, (address) => void asked.push(address))
  return { contents, asked }
}

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
  'S7: %s is prevented, even to our own address',
  (name) => {
    const { contents } = guarded()
    let prevented = 0
    const event = { url: 'app://sotto/', preventDefault: () => (prevented += 1) }
    contents.emit(name, event, 'app://sotto/')
    expect(prevented).toBe(1)
  },
)

test('S7: no window opens; the address is asked about once', () => {
  const { contents, asked } = guarded()
  const answer = contents.openHandler?.({ url: 'https://example.org/' })
  expect({ answer, asked }).toEqual({ answer: { action: 'deny' }, asked: ['https://example.org/'] })
})

test('S11: WebRTC shows no address of this machine', () => {
  expect(guarded().contents.webRtc).toBe('disable_non_proxied_udp')
})
