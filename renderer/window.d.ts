// What the preload of a host puts on the window: one port, and under Electron the path of a file a person chose.
import type { FramePort } from '#contract/frames.ts'

declare global {
  interface Window {
    readonly sotto: FramePort & {
      /** The path of a file that was dropped or chosen; empty for one that was pasted. Only Electron knows it. */
      readonly pathOf?: (file: File) => string
    }
  }
}
