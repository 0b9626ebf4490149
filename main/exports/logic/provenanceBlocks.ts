// How an export was made, as facts: documents with hashes, model, prompt and version, mode, where it ran.
import type { ExportedProvenance, ExportFile } from '#contract/exportFile.ts'
import { heading, paragraph, type Block, type Fact } from './exportPage.ts'
import type { Say } from './placeWords.ts'

/** The last part of every export. */
export function provenanceBlocks(file: ExportFile, say: Say, writeDate: (iso: string) => string): Block[] {
  const { provenance, documents, appVersion, exportedAt } = file
  const hashes = documents.flatMap(({ name, sha256 }): Fact[] =>
    sha256 === null ? [] : [{ term: say('export.fact.document', { name }), value: sha256, code: true }],
  )
  const parts = provenance.flatMap((each): Block[] => {
    const name = each.document === null ? undefined : documents[each.document]?.name
    const several = provenance.length > 1
    return [
      ...(several ? [heading(3, name ?? say('export.section.overview'))] : []),
      { kind: 'facts', rows: factsOf(each, say, writeDate) },
    ]
  })
  const outside = provenance.some(({ cloud }) => cloud !== undefined)
  return [
    heading(2, say('export.provenance')),
    ...parts,
    ...(hashes.length === 0 ? [] : [{ kind: 'facts', rows: hashes } as const]),
    paragraph(say('export.program', { version: appVersion, date: writeDate(exportedAt) }), 'quiet'),
    paragraph(say(outside ? 'export.partlyOutside' : 'export.onThisComputer'), 'quiet'),
  ]
}

function factsOf(made: ExportedProvenance, say: Say, writeDate: (iso: string) => string): Fact[] {
  const { model, prompt, method, mode, seed, createdAt, cloud } = made
  const rows: (readonly [string, string | null, boolean])[] = [
    ['made', writeDate(createdAt), false],
    ['method', method, false],
    ['model', cloud === undefined ? (model?.name ?? say('export.fact.noModel')) : cloud.modelId, false],
    ['provider', cloud?.providerName ?? null, false],
    ['modelHash', model === null || model.sha256 === '' ? null : model.sha256, true],
    ['mode', mode === null ? null : say(`export.mode.${mode}`), false],
    ['prompt', prompt === null ? null : say('export.fact.promptValue', prompt), false],
    ['seed', model === null || seed === null || cloud !== undefined ? null : String(seed), false],
    ['grant', cloud?.grantId ?? null, true],
    ['digest', cloud?.digest ?? null, true],
  ]
  return rows.flatMap(([key, value, code]) =>
    value === null ? [] : [{ term: say(`export.fact.${key}`), value, code }],
  )
}
