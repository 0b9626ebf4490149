// Which catalogue is in force: the built-in one, or a signed replacement by policy or from the mirror.
import type { Failure } from '#contract/failures.ts'
import type { Announce } from '#contract/index.ts'
import type { CatalogueState } from '#contract/modelSupply.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import type { PolicyResolution } from '../../policy/policyResolution.ts'
import type { Storage } from '../../storage/storage.ts'
import { readCatalogue, type Catalogue, type CatalogueEntry } from './catalogue.ts'
import {
  acceptCatalogue,
  catalogueLimitBytes,
  readSignedFile,
  signatureLimitBytes,
  type AcceptedCatalogue,
  type SignedBytes,
} from './catalogueFile.ts'
import { CatalogueRows, type ReplacementSource, type StoredReplacement } from './catalogueRows.ts'
import { fetchText } from './publicText.ts'

/** `mirror` is the setting, empty for none; `writes` false where the data folder is only read. */
export type CatalogueStoreDependencies = {
  readonly resources: string
  readonly storage: Storage
  readonly gate: Pick<EgressGate, 'fetchPublic'>
  readonly policy: PolicyResolution['values']['models']
  readonly mirror: () => string
  readonly now: () => Date
  readonly announce: Announce
  readonly writes: boolean
}

/** What is in force, and why a replacement that is there is not. */
type InForce = {
  readonly replacement: { readonly source: ReplacementSource; readonly catalogue: AcceptedCatalogue } | null
  readonly refused: Failure | null
}

const none: InForce = { replacement: null, refused: null }
const catalogueName = 'model-catalog.json'

/** The catalogue in force. */
export class CatalogueStore {
  readonly #dependencies: CatalogueStoreDependencies
  readonly #rows: CatalogueRows
  #builtIn: Promise<Catalogue> | null = null
  #inForce: Promise<InForce> | null = null
  #readWith = ''

  constructor(dependencies: CatalogueStoreDependencies) {
    this.#dependencies = dependencies
    this.#rows = new CatalogueRows(dependencies.storage)
  }

  /** The models in force. The one that comes with the app is always among them. */
  async entries(): Promise<readonly CatalogueEntry[]> {
    const { models } = await this.#own()
    const { replacement } = await this.#current()
    return replacement === null ? models : [...models.filter(({ starter }) => starter), ...replacement.catalogue.models]
  }

  /** What is in force and why. */
  async state(): Promise<Result<CatalogueState>> {
    const { replacement, refused } = await this.#current()
    if (replacement === null) {
      const { version } = await this.#own()
      return ok({ source: 'built-in', version, expires: null, refused })
    }
    const { version, expires } = replacement.catalogue
    return ok({ source: replacement.source, version, expires, refused })
  }

  /** Fetches the mirror's catalogue and puts it in force. Failures: `catalogue-refused`, `download-failed`, the way out's. */
  async update(signal: AbortSignal): Promise<Result<CatalogueState>> {
    const { mirror, gate, announce, policy } = this.#dependencies
    if (mirror() === '') return fail('catalogue-refused', { reason: 'no-mirror' })
    if (policy.signingKey === undefined) return fail('catalogue-refused', { reason: 'key' })
    const address = addressAt(mirror())
    const order = { name: catalogueName, address, limitBytes: catalogueLimitBytes }
    const content = await fetchText(gate, order, signal)
    if (!content.ok) return content
    const beside = { ...order, address: `${address}.sig`, limitBytes: signatureLimitBytes }
    const signature = await fetchText(gate, beside, signal)
    if (!signature.ok) return signature
    const signed = { content: content.value, signature: signature.value }
    const accepted = await this.#accept('mirror', signed, address)
    if (!accepted.ok) return accepted
    this.#inForce = null
    announce('models.list-changed', {})
    return this.state()
  }

  #own(): Promise<Catalogue> {
    this.#builtIn ??= readCatalogue(this.#dependencies.resources)
    return this.#builtIn
  }

  /** Read once, and again when it ran out or the mirror became another. */
  async #current(): Promise<InForce> {
    const mirror = this.#dependencies.mirror()
    if (mirror !== this.#readWith) this.#inForce = null
    this.#readWith = mirror
    this.#inForce ??= this.#read()
    const current = await this.#inForce
    const { replacement } = current
    if (replacement === null || !this.#isOver(replacement.catalogue)) return current
    this.#inForce = Promise.resolve({ ...none, refused: { code: 'catalogue-refused', details: { reason: 'expired' } } })
    return this.#inForce
  }

  #isOver({ expires }: AcceptedCatalogue): boolean {
    return Date.parse(expires) <= this.#dependencies.now().getTime()
  }

  /** The policy's file counts before the mirror's. */
  async #read(): Promise<InForce> {
    const { policy, mirror } = this.#dependencies
    if (policy.catalogue !== undefined) {
      const signed = await readSignedFile(policy.catalogue)
      const accepted = signed.ok ? await this.#accept('policy', signed.value, null) : signed
      return inForce('policy', accepted)
    }
    const stored = await this.#stored('mirror')
    const { content = null, signature = null, address = null } = stored ?? {}
    if (content === null || signature === null || mirror() === '' || address !== addressAt(mirror())) return none
    return inForce('mirror', await this.#accept('mirror', { content, signature }, address))
  }

  async #accept(
    source: ReplacementSource,
    signed: SignedBytes,
    address: string | null,
  ): Promise<Result<AcceptedCatalogue>> {
    const { policy, now, writes } = this.#dependencies
    const newest = await this.#stored(source)
    const { version: builtInVersion } = await this.#own()
    const accepted = acceptCatalogue(signed, { signingKey: policy.signingKey, now: now(), builtInVersion, newest })
    if (!accepted.ok || !writes || newest?.sha256 === accepted.value.sha256) return accepted
    const { version, sha256 } = accepted.value
    const kept = source === 'mirror' ? signed : { content: null, signature: null }
    const put = await this.#rows.put({ source, version, sha256, address, ...kept }, now())
    return put.ok ? accepted : put
  }

  /** Where the database cannot be read nothing is known to be newer; the app says so elsewhere. */
  async #stored(source: ReplacementSource): Promise<StoredReplacement | null> {
    const rows = await this.#rows.all()
    return rows.ok ? (rows.value.find((each) => each.source === source) ?? null) : null
  }
}

function inForce(source: ReplacementSource, accepted: Result<AcceptedCatalogue>): InForce {
  if (!accepted.ok) return { replacement: null, refused: accepted.failure }
  return { replacement: { source, catalogue: accepted.value }, refused: null }
}

/** Where a mirror keeps its catalogue; the signature lies beside it. */
function addressAt(mirror: string): string {
  return `${mirror.replace(/\/+$/, '')}/sotto/${catalogueName}`
}
