// What a model file's name tells: whether it is a model by itself, and how its weights are stored.
import type { LeftOutReason } from '#contract/modelSupply.ts'

/** A part of a model in several files, as `llama-gguf-split` names them. `part` counts from 1. */
export type SplitPart = { readonly stem: string; readonly part: number; readonly parts: number }

/** Reads `name-00002-of-00003.gguf`; null for a name of another kind, and for the only part of one. */
export function splitPartOf(name: string): SplitPart | null {
  const [, stem, part, parts] = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/i.exec(name) ?? []
  if (stem === undefined || part === undefined || parts === undefined || Number(parts) < 2) return null
  return { stem, part: Number(part), parts: Number(parts) }
}

/** Names the whole that a part at `path` (parts joined by `/`) belongs to. */
export function wholeOf(path: string, stem: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}${stem}`
}

/** Bytes of all parts together, by `wholeOf`; each file is looked at once. */
export function sizesOfSplit(
  files: readonly { readonly path: string; readonly bytes: number }[],
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const { path, bytes } of files) {
    const split = splitPartOf(path.slice(path.lastIndexOf('/') + 1))
    if (split === null) continue
    const whole = wholeOf(path, split.stem)
    sizes.set(whole, (sizes.get(whole) ?? 0) + bytes)
  }
  return sizes
}

/** Why a file of this name is no model by itself, or null when the name does not speak against it. */
export function leftOutByName(name: string): LeftOutReason | null {
  if (/^incomplete-|^downloading_|\.(part|partial|incomplete|downloading|download|tmp)$/i.test(name))
    return 'unfinished'
  if (splitPartOf(name) !== null) return 'multi-part'
  if (/(^|[-_.])mmproj([-_.]|$)/i.test(name)) return 'projector'
  return /(^|[-_.])lora([-_.]|$)/i.test(name) ? 'adapter' : null
}

/** Whether a name is that of a GGUF file, finished or not. */
export function looksLikeModel(name: string): boolean {
  return /\.gguf$/i.test(name) || (/\.gguf\./i.test(name) && leftOutByName(name) === 'unfinished')
}

/** How the weights are stored, as the name says it (`Q4_K_M`, `IQ3_XS`, `BF16`); null where it does not. */
export function quantisationOf(name: string): string | null {
  const found = /(?:^|[-_.])((?:I?Q\d(?:_[A-Z0-9]+)*)|TQ\d_\d|MXFP4(?:_MOE)?|BF16|F16|FP16|F32)(?=[-.]|$)/i.exec(name)
  return found?.[1]?.toUpperCase() ?? null
}
