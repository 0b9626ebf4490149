// Row: the goals of speed, re-measured with the engine this build carries.
import { speedRow } from '../speedRow.ts'

export const row = speedRow({
  doneWhen:
    'Window-received ≥ 0.97 of bare, turn 2 ≤ 0.05 of full prefill, preloaded ≤ 0.03, overflow ≤ 0.45 of the ' +
    "library default's evaluated tokens, map steps side by side ≥ 1.4 times one after another; or the measured truth and why.",
  bars: ['received', 'turn2', 'preload', 'overflow', 'map'],
  goals: {
    'received / bare': { kind: 'at-least', value: 0.97 },
    'second turn / full prefill': { kind: 'at-most', value: 0.05 },
    'preloaded / full prefill': { kind: 'at-most', value: 0.03 },
    'evaluated tokens, Sotto / library': { kind: 'at-most', value: 0.45 },
    'map steps as run / on one sequence, 8-bit': { kind: 'at-least', value: 1.4 },
    'map steps as run / on one sequence, 4-bit': { kind: 'at-least', value: 1.4 },
  },
  limitMinutes: 60,
})
