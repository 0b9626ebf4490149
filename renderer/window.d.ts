// What the preload of a host puts on the window: one port, nothing else.
import type { FramePort } from '#contract/frames.ts'

declare global {
  interface Window {
    readonly sotto: FramePort
  }
}
