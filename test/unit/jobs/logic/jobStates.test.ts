// What may follow each state of a job.
import { expect, test } from 'vitest'
import { jobState } from '#contract/job.ts'
import { isLive, onResume, onSameInputs } from '../../../../main/jobs/logic/jobStates.ts'

test('every state has its answer to start and resume', () => {
  expect(jobState.options.map((state) => [state, onSameInputs(state), onResume(state), isLive(state)])).toEqual([
    ['queued', 'keep', 'keep', true],
    ['running', 'keep', 'keep', true],
    ['paused', 'keep', 'revive', false],
    ['interrupted', 'revive', 'revive', false],
    ['stopped', 'revive', 'revive', false],
    ['failed', 'revive', 'revive', false],
    ['done', 'keep', 'refuse', false],
  ])
})
