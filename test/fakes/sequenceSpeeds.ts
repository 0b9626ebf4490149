// Speeds of sequences side by side, as an earlier run would have measured and kept them.
import type { SequenceSpeed, SequenceSpeeds } from '../../main/inference/localGenerator.ts'

/** A store in memory that begins empty; `kept` is what was set, by model and conditions. */
export type KeptSpeeds = SequenceSpeeds & { readonly kept: ReadonlyMap<string, readonly SequenceSpeed[]> }

/** Makes one. */
export function keptSpeeds(): KeptSpeeds {
  const kept = new Map<string, readonly SequenceSpeed[]>()
  return {
    kept,
    get: async (modelSha256, conditions) => kept.get(`${modelSha256} ${conditions}`) ?? null,
    set: async (modelSha256, conditions, speeds) => void kept.set(`${modelSha256} ${conditions}`, speeds),
  }
}

/** A store that says of every model that so many sequences side by side are best. */
export function speedsBestAt(sequences: number): SequenceSpeeds {
  const speeds = [
    { sequences: 1, tokensPerSecond: 10 },
    { sequences, tokensPerSecond: 20 },
  ]
  return { get: async () => speeds, set: async () => undefined }
}
