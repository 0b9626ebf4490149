// What the CLI prints with --json: one schema per command, checked before anything is printed.
import { z } from 'zod'
import { answerItem } from '#contract/chat.ts'
import { change, comparison } from '#contract/comparison.ts'
import { coverage, documentFormat, segment } from '#contract/document.ts'
import { job } from '#contract/job.ts'
import { ledgerAnchor, ledgerEntry, ledgerVerdict } from '#contract/ledger.ts'
import { libraryFile, libraryFolder, libraryHit } from '#contract/library.ts'
import { catalogueModel, modelDownload, modelFit, modelRecord } from '#contract/model.ts'
import { catalogueState, foundModel, packReport, repositoryModel, searchedFolder } from '#contract/modelSupply.ts'
import { questionAnswer } from '#contract/question.ts'
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

/** `sotto summarize --json` of several files or a folder; `document` is the name a sentence stands in. */
export const batchOutput = z.strictObject({
  overview: z.strictObject({ text: z.string(), claims: z.array(claim.extend({ document: z.string().nullable() })) }),
  summaries: z.array(z.strictObject({ name: z.string(), summary: summarizeOutput.shape.summary })),
  leftOut: z.array(z.strictObject({ name: z.string(), failure: failureOutput.nullable() })),
  provenance: provenanceOutput,
})

/** `sotto jobs --json`. */
export const jobsOutput = z.strictObject({ jobs: z.array(job) })

/** `sotto ask --json`. `reason` `length`: the answer reached its greatest length. */
export const askOutput = z.strictObject({
  answer: z.strictObject({ text: z.string(), reason: answerItem.options[3].shape.reason }),
  provenance: provenanceOutput.nullable(),
})

const { documentId: _claimOf, ...claimShape } = questionAnswer.shape.claims.element.shape
const { documentId: _passageOf, ...passageShape } = questionAnswer.shape.passages.element.shape

/** `sotto ask --json` about documents or a folder; one answer per document. */
export const askDocumentsOutput = z.strictObject({
  answers: z.array(
    questionAnswer.omit({ id: true, threadId: true, scope: true }).extend({
      claims: z.array(z.strictObject(claimShape)),
      passages: z.array(z.strictObject(passageShape)),
      provenance: questionAnswer.shape.provenance.omit({ createdAt: true }),
    }),
  ),
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

/** `sotto models catalog --json`. */
export const catalogOutput = z.strictObject({ catalogue: catalogueState, models: z.array(catalogueModel) })

/** `sotto models fit --json`. */
export const fitOutput = z.strictObject({ fit: modelFit })

/** `sotto models download --json`, of a download that is complete. */
export const downloadOutput = z.strictObject({ download: modelDownload })

/** `sotto models remove --json`. */
export const removeOutput = z.strictObject({ removed: z.strictObject({ modelId: z.string() }) })

/** `sotto models update --json`. */
export const catalogueStateOutput = z.strictObject({ catalogue: catalogueState })

/** `sotto models scan --json`. */
export const scanOutput = z.strictObject({ folders: z.array(searchedFolder), models: z.array(foundModel) })

/** `sotto models files --json`. */
export const filesOutput = z.strictObject({ repository: z.string(), files: z.array(repositoryModel) })

/** `sotto models pack --json` and `sotto models verify --json`. */
export const packOutput = z.strictObject({ pack: packReport })

/** `sotto models install --json`. */
export const installOutput = z.strictObject({ models: z.array(modelRecord) })

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

/** `sotto ledger anchor --json`. */
export const ledgerAnchorOutput = z.strictObject({ anchor: ledgerAnchor })

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/**
 * One line of `sotto ledger export`, with and without `--json`: first the header (`head` null: the end is tampered with),
 * then the entries, `hash` being the SHA-256 of the text `entry`. What lies there is exported as it lies there, so `hash`
 * may be anything.
 */
export const ledgerExportLine = z.union([
  z.strictObject({ hash: z.string(), entry: z.string() }),
  z.strictObject({
    kind: z.literal('sotto-ledger'),
    version: z.literal(1),
    /** How each line's `hash` is made, in words for whoever checks without Sotto. */
    hash: z.string(),
    appVersion: z.string(),
    exportedAt: z.iso.datetime(),
    head: z.strictObject({ entries: z.number().int().nonnegative(), hash: sha256 }).nullable(),
  }),
])

/** `sotto compare --json`: the comparison and all its changes in reading order. */
export const compareOutput = z.strictObject({ comparison, changes: z.array(change) })

/** `sotto policy --json`. */
export const policyOutput = z.strictObject({ policy: policyState, managed: z.array(settingEntry) })
