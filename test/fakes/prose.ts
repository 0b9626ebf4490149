// Plain English sentences for tests, seeded, each different, of predictable length.

const subjects = [
  'The committee',
  'A visitor',
  'The northern office',
  'Our supplier',
  'The night shift',
  'A second review',
]
const verbs = ['measured', 'described', 'moved', 'questioned', 'repaired', 'counted']
const objects = ['the older machines', 'every open invoice', 'the water pumps', 'a set of maps', 'the yearly figures']
const endings = [
  'before noon',
  'without delay',
  'for the third time',
  'with some care',
  'in the autumn',
  'after the storm',
]

/** `count` sentences; the same seed gives the same text. */
export function prose(count: number, seed = 1): string {
  let state = seed
  const pick = (list: readonly string[]): string => {
    state = (state * 1103515245 + 12345) % 2147483648
    return list[Math.floor((state / 2147483648) * list.length)] ?? ''
  }
  const sentence = () => `${pick(subjects)} ${pick(verbs)} ${pick(objects)} ${pick(endings)}.`
  return Array.from({ length: count }, sentence).join(' ')
}

/** The prompt the starter model knows best. */
export function summaryPrompt(document: string): string {
  return `Summarize this document.\n\n<document>\n${document}\n</document>`
}
