// Where the window stood when it was last seen, and whether that is still a place on a screen.
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A rectangle in device-independent pixels. */
export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** A window's place; without `x` and `y` the system chooses. */
export type WindowPlace = {
  readonly bounds: Readonly<{ x?: number; y?: number; width: number; height: number }>
  readonly maximized: boolean
}

/** Where a first window stands. */
export const firstPlace: WindowPlace = { bounds: { width: 1280, height: 860 }, maximized: false }

/** How much of a title bar must be on a screen to be taken hold of. */
const grip = { width: 120, height: 40 }

/**
 * The kept place if its title bar can still be reached on one of the screens; else the system chooses one for the kept
 * size, cut to the largest screen: the one it was on may have been larger, or scaled otherwise.
 */
export function placeOn(kept: WindowPlace | null, screens: readonly Rectangle[]): WindowPlace {
  if (kept === null) return firstPlace
  const { x, y, width, height } = kept.bounds
  if (x !== undefined && y !== undefined) {
    const reachable = screens.some(
      (screen) =>
        Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= grip.width &&
        y >= screen.y &&
        y + grip.height <= screen.y + screen.height,
    )
    if (reachable) return kept
  }
  const widest = Math.max(...screens.map((screen) => screen.width), 480)
  const highest = Math.max(...screens.map((screen) => screen.height), 400)
  const size = { width: Math.min(width, widest), height: Math.min(height, highest) }
  return { bounds: screens.length === 0 ? { width, height } : size, maximized: kept.maximized }
}

/** The place as it is written in the data folder: numbers about a window, nothing else. */
export class PlaceFile {
  readonly #file: string

  constructor(folder: string) {
    this.#file = path.join(folder, 'window.json')
  }

  /** What was kept; null where there is nothing that can be read as a place. */
  read(): WindowPlace | null {
    try {
      return asPlace(JSON.parse(readFileSync(this.#file, 'utf8')))
    } catch {
      return null // none yet, or damaged: the window has a first place
    }
  }

  /** Keeps a place, whole or not at all; where that fails the next window stands where the last one did. */
  async write(place: WindowPlace): Promise<void> {
    try {
      await mkdir(path.dirname(this.#file), { recursive: true })
      await writeFile(`${this.#file}.new`, JSON.stringify(place), { mode: 0o600 })
      await rename(`${this.#file}.new`, this.#file)
    } catch {
      return
    }
  }
}

function asPlace(found: unknown): WindowPlace | null {
  if (typeof found !== 'object' || found === null || !('bounds' in found) || !('maximized' in found)) return null
  const bounds = found.bounds as Partial<Record<keyof Rectangle, unknown>> | null // as: each is checked on the next lines
  const numbers = [bounds?.x, bounds?.y, bounds?.width, bounds?.height]
  if (!numbers.every((one) => typeof one === 'number' && Number.isInteger(one) && Math.abs(one) < 100_000)) return null
  const [x, y, width, height] = numbers as [number, number, number, number] // as: four whole numbers, see above
  if (width < 480 || height < 400) return null
  return { bounds: { x, y, width, height }, maximized: found.maximized === true }
}
