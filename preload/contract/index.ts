// The one list of everything a window, or the CLI, may ask for, and of every event it may hear.
import type { z } from 'zod'
import { batchContract } from './batch.ts'
import { chatContract, chatEvents } from './chat.ts'
import { cloudContract, cloudEvents } from './cloud.ts'
import { comparisonContract } from './comparison.ts'
import type { CallShape, StreamShape } from './define.ts'
import { documentContract } from './document.ts'
import { exportContract } from './export.ts'
import { jobContract, jobEvents } from './job.ts'
import { ledgerContract, ledgerEvents } from './ledger.ts'
import { libraryContract, libraryEvents } from './library.ts'
import { machineContract, machineEvents } from './machine.ts'
import { modelContract, modelEvents } from './model.ts'
import { modelSupplyContract } from './modelSupply.ts'
import { promptContract } from './prompt.ts'
import { questionContract } from './question.ts'
import { settingContract, settingEvents } from './setting.ts'
import { summaryContract } from './summary.ts'
import { systemContract, systemEvents } from './system.ts'

/** Every method. */
export const contract = {
  ...systemContract,
  ...documentContract,
  ...summaryContract,
  ...promptContract,
  ...jobContract,
  ...batchContract,
  ...chatContract,
  ...modelContract,
  ...machineContract,
  ...modelSupplyContract,
  ...settingContract,
  ...ledgerContract,
  ...cloudContract,
  ...libraryContract,
  ...comparisonContract,
  ...exportContract,
  ...questionContract,
} as const

/** Every event by topic. Events announce; they do not command. */
export const events = {
  ...systemEvents,
  ...jobEvents,
  ...chatEvents,
  ...modelEvents,
  ...machineEvents,
  ...settingEvents,
  ...ledgerEvents,
  ...cloudEvents,
  ...libraryEvents,
} as const

export type Contract = typeof contract
/** The name of a method. */
export type Method = keyof Contract
/** Methods that answer once. */
export type CallMethod = { [M in Method]: Contract[M] extends CallShape ? M : never }[Method]
/** Methods that answer with many items. */
export type StreamMethod = { [M in Method]: Contract[M] extends StreamShape ? M : never }[Method]
/** What a caller passes (defaults may be left out). */
export type Input<M extends Method> = z.input<Contract[M]['input']>
/** What a handler receives, parsed. */
export type Parsed<M extends Method> = z.output<Contract[M]['input']>
/** What a call answers with. */
export type Output<M extends CallMethod> = z.output<Contract[M]['output']>
/** One item of a stream. */
export type Item<M extends StreamMethod> = z.output<Contract[M]['item']>
/** The name of an event. */
export type Topic = keyof typeof events
/** What an event carries. */
export type EventValue<T extends Topic> = z.output<(typeof events)[T]>

/** How a service announces an event to every window; never a command. */
export type Announce = <T extends Topic>(topic: T, value: EventValue<T>) => void
