// Row: the app is as fast as its engine, reads nothing twice, and stops when told to.
import { speedRow } from '../speedRow.ts'

export const row = speedRow({
  doneWhen:
    'Window-received / bare ≥ 0.95; turn 2 ≤ 0.08; overflow ≤ 0.50; map ≥ 1.3; Stop within a slice; PDF ≥ 0.25 of ' +
    'pdftotext; medians of five rounds, on a model of realistic size; or the measured truth and why, with the next idea.',
  bars: ['received', 'turn2', 'overflow', 'map', 'stop', 'pdf'],
  limitMinutes: 60,
})
