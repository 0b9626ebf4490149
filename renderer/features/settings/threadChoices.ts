// Which numbers of threads are worth offering on a computer.

/** Every number up to eight, then in growing steps up to `cores`; 0 stands for automatic; `current` is always among them. */
export function threadChoices(cores: number, current: number): readonly number[] {
  const most = Math.max(1, cores)
  const few = Array.from({ length: Math.min(most, 8) }, (_, index) => index + 1)
  const many = [12, 16, 24, 32, 48, 64, 96, 128].filter((count) => count < most)
  return [...new Set([0, ...few, ...many, most, current])].sort((a, b) => a - b)
}
