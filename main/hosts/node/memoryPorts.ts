// Two ends of a connection inside one process: asynchronous and copying, like every other transport.
import type { FramePort } from '#contract/frames.ts'

/** Makes two joined ports. Frames arrive in order, each in a later turn; closing one end closes the other. */
export function createMemoryPorts(): readonly [FramePort, FramePort] {
  const left = new MemoryPort()
  const right = new MemoryPort()
  left.join(right)
  right.join(left)
  return [left, right]
}

class MemoryPort implements FramePort {
  #other: MemoryPort | undefined
  #onFrame: (text: string) => void = () => undefined
  #onClose: () => void = () => undefined
  #open = true

  join(other: MemoryPort): void {
    this.#other = other
  }

  post(text: string): void {
    const other = this.#other
    // A turn of its own per frame, so that neither end can starve timers or the other's frames.
    if (this.#open && other !== undefined) setImmediate(() => other.#arrive(text))
  }

  onFrame(listener: (text: string) => void): void {
    this.#onFrame = listener
  }

  onClose(listener: () => void): void {
    this.#onClose = listener
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    const other = this.#other
    setImmediate(() => {
      this.#onClose()
      if (other !== undefined) other.#closeFromOther()
    })
  }

  #arrive(text: string): void {
    if (this.#open) this.#onFrame(text)
  }

  #closeFromOther(): void {
    if (!this.#open) return
    this.#open = false
    this.#onClose()
  }
}
