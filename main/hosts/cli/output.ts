// What the CLI prints with --json: one schema per command, checked before anything is printed.
import { z } from 'zod'
import { answerItem } from '#contract/chat.ts'
import { coverage, documentFormat, segment } from '#contract/document.ts'
import { ledgerEntry, ledgerVerdict } from '#contract/ledger.ts'
import { libraryFile, libraryFolder, libraryHit } from '#contract/library.ts'
import { modelRecord } from '#contract/model.ts'
import { policyState, settingEntry } from '#contract/setting.ts'
import { claim, provenance } from '#contract/summary.ts'
import { doctorCheck } from '#contract/system.ts'

/** What happened and what to do next, in the chosen language; the code is the same in all. */
export const failureOutput = z.strictObject({ code: z.string(), message: z.string(), nextStep: z.string() })

/** Alone on the output when a command failed; the exit code is 1. */
export const failedOutput = z.strictObject({ failure: failureOutput })

const provenanceOutput = provenance.omit({ createdAt: true })

/** `sotto summarize --json`. */
export const summarizeOutput = z.strictObject({
  summary: z.strictObject({ text: z.string(), claims: z.array(claim), coverage }),
  provenance: provenanceOutput,
})

/** `sotto ask --json`. `reason` `length`: the answer reached its greatest length. */
export const askOutput = z.strictObject({
  answer: z.strictObject({ text: z.string(), reason: answerItem.options[3].shape.reason }),
  provenance: provenanceOutput.nullable(),
})

/**
 * One line of `sotto extract --json`; of a folder's files the name is the path below it. Hash and format are null when
 * the file could not be opened.
 */
export const extractOutput = z.strictObject({
  document: z.strictObject({
    name: z.string(),
    sha256: z.string().nullable(),
    format: documentFormat.nullable(),
  }),
  segments: z.array(segment.pick({ text: true, locator: true })),
  failure: failureOutput.optional(),
})

/** `sotto library --json`, and what `add` came to: folders, and files with why they could not be read. */
export const libraryListOutput = z.strictObject({
  folders: z.array(libraryFolder),
  files: z.array(libraryFile.extend({ failure: failureOutput.nullable() })),
})

/** `sotto library remove --json`: how many texts went. */
export const libraryRemoveOutput = z.strictObject({ removed: z.strictObject({ documents: z.number() }) })

/** `sotto search --json`. */
export const searchOutput = z.strictObject({ hits: z.array(libraryHit) })

/** `sotto models list --json`. */
export const modelsOutput = z.strictObject({ models: z.array(modelRecord) })

/** `sotto models import --json`. */
export const importOutput = z.strictObject({ model: modelRecord })

/** `sotto doctor --json`. */
export const doctorOutput = z.strictObject({
  checks: z.array(
    doctorCheck.omit({ failure: true }).extend({ message: z.string(), failure: failureOutput.nullable() }),
  ),
})

/** `sotto ledger list --json`. */
export const ledgerListOutput = z.strictObject({ entries: z.array(ledgerEntry) })

/** `sotto ledger verify --json`; a broken ledger is a failure instead. */
export const ledgerVerifyOutput = z.strictObject({ verdict: ledgerVerdict })

/** `sotto policy --json`. */
export const policyOutput = z.strictObject({ policy: policyState, managed: z.array(settingEntry) })
