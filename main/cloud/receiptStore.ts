// Receipts and what was used: without content, kept when drafts and conversations are gone.
import type { CloudUsage, ConsentReceipt, UsageSum } from '#contract/consent.ts'
import { consentReceipt } from '#contract/consent.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Storage } from '../storage/storage.ts'
import { countByWeek } from './logic/weeks.ts'

/** One request that left, with what it used. `counted` says whether the provider or our own reckoning gave the tokens. */
export type RequestUse = {
  readonly grantId: string
  readonly at: string
  readonly providerId: string
  readonly providerName: string
  readonly modelId: string
  readonly conversationId: string | null
  readonly kind: string
  readonly sentBytes: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly usd: number | null
  readonly counted: 'provider' | 'reckoned'
}

const sums = `COUNT(*) AS requests, SUM(input_tokens) AS inputTokens, SUM(output_tokens) AS outputTokens,
  SUM(usd) AS usd`
const weeksShown = 12

/** Reads and writes `cloud_receipts` and `cloud_requests`; failures are those of `Storage`. */
export class ReceiptStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Keeps a receipt. */
  keep(receipt: ConsentReceipt): Promise<Result<unknown>> {
    const { id, at, event, scopeId, grantId, conversationId } = receipt
    return this.#storage.run(
      'INSERT INTO cloud_receipts (id, at, event, scope_id, grant_id, conversation_id, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [id, at, event, scopeId, grantId, conversationId, JSON.stringify(receipt)],
    )
  }

  /** Receipts before a moment (exclusive), newest first; `draftId` is null once the draft is gone. */
  async list(query: {
    readonly before?: string | undefined
    readonly limit: number
    readonly conversationId?: string | undefined
  }): Promise<Result<ConsentReceipt[]>> {
    const { before, limit, conversationId } = query
    const rows = await this.#storage.all<{ body: string; kept: number }>(
      `SELECT body, EXISTS (SELECT 1 FROM cloud_drafts WHERE id = json_extract(cloud_receipts.body, '$.draftId')) AS kept
       FROM cloud_receipts WHERE at < ? AND (? IS NULL OR conversation_id = ?) ORDER BY at DESC, rowid DESC LIMIT ?`,
      [before ?? '9999', conversationId ?? null, conversationId ?? null, limit],
    )
    if (!rows.ok) return rows
    return ok(
      rows.value.map(({ body, kept }) => {
        const receipt = consentReceipt.parse(JSON.parse(body))
        return kept === 1 ? receipt : { ...receipt, draftId: null }
      }),
    )
  }

  /** Keeps what a request used. */
  keepUse(use: RequestUse): Promise<Result<unknown>> {
    const values: readonly SqlValue[] = [
      use.grantId,
      use.at,
      use.providerId,
      use.providerName,
      use.modelId,
      use.conversationId,
      use.kind,
      use.sentBytes,
      use.inputTokens,
      use.outputTokens,
      use.usd,
      use.counted,
    ]
    return this.#storage.run(
      `INSERT OR REPLACE INTO cloud_requests (grant_id, at, provider_id, provider_name, model_id, conversation_id, kind,
       sent_bytes, input_tokens, output_tokens, usd, counted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      values,
    )
  }

  /** Dollars spent in a month (YYYY-MM), as far as prices were known. */
  async spentIn(month: string): Promise<Result<number>> {
    const row = await this.#storage.get<{ usd: number | null }>(
      'SELECT SUM(usd) AS usd FROM cloud_requests WHERE substr(at, 1, 7) = ?',
      [month],
    )
    return row.ok ? ok(row.value?.usd ?? 0) : row
  }

  /** Everything the charts show. */
  async usage(now: Date, budgetUsd: number): Promise<Result<CloudUsage>> {
    const month = now.toISOString().slice(0, 7)
    const byMonth = await this.#sums<{ month: string }>('substr(at, 1, 7) AS month', 'month', 'month DESC LIMIT 24')
    if (!byMonth.ok) return byMonth
    const byProvider = await this.#sums<{ providerId: string; providerName: string }>(
      'provider_id AS providerId, MAX(provider_name) AS providerName',
      'provider_id',
      'requests DESC',
    )
    if (!byProvider.ok) return byProvider
    const byConversation = await this.#sums<{ conversationId: string; title: string | null }>(
      `conversation_id AS conversationId,
       (SELECT title FROM conversations WHERE id = cloud_requests.conversation_id) AS title`,
      'conversation_id HAVING conversation_id IS NOT NULL',
      'MAX(at) DESC LIMIT 50',
    )
    if (!byConversation.ok) return byConversation
    const unpriced = await this.#storage.get<{ count: number }>(
      'SELECT COUNT(*) AS count FROM cloud_requests WHERE usd IS NULL AND substr(at, 1, 7) = ?',
      [month],
    )
    if (!unpriced.ok) return unpriced
    const weeks = await this.#weeks(now)
    if (!weeks.ok) return weeks
    return ok({
      month,
      monthUsd: byMonth.value.find((each) => each.month === month)?.usd ?? 0,
      unpriced: unpriced.value?.count ?? 0,
      budgetUsd,
      byMonth: [...byMonth.value],
      byProvider: [...byProvider.value],
      byConversation: [...byConversation.value],
      weeks: weeks.value,
    })
  }

  #sums<Row>(columns: string, group: string, order: string): Promise<Result<readonly (Row & UsageSum)[]>> {
    return this.#storage.all(`SELECT ${columns}, ${sums} FROM cloud_requests GROUP BY ${group} ORDER BY ${order}`)
  }

  // Mondays are reckoned by SQLite: `weekday 1` goes forward, so from six days before.
  async #weeks(now: Date): Promise<Result<CloudUsage['weeks']>> {
    const rows = await this.#storage.all<{ week: string; place: string; count: number }>(
      `SELECT date(at, '-6 days', 'weekday 1') AS week, place, COUNT(*) AS count FROM work_done
       WHERE at >= ? GROUP BY week, place`,
      [new Date(now.getTime() - (weeksShown + 1) * 7 * 86_400_000).toISOString()],
    )
    return rows.ok ? ok(countByWeek(rows.value, now.getTime(), weeksShown)) : rows
  }
}
