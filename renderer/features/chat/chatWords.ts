// How conversations and documents are named and sorted in the chat room.
import type { Conversation } from '#contract/chat.ts'
import type { DocumentRecord } from '#contract/document.ts'
import { visibleText } from '../../markdown/visibleText.ts'
import type { Translate } from '../../ui/text.ts'

/** Days of the list, newest first. */
export const dayGroups = ['today', 'yesterday', 'week', 'earlier'] as const
/** One of them. */
export type DayGroup = (typeof dayGroups)[number]

/** A conversation's title, or the word for one that has none yet. */
export function titleOf(conversation: Pick<Conversation, 'title'>, translate: Translate): string {
  const title = visibleText(conversation.title).trim()
  return title === '' ? translate('chat.list.untitled') : title
}

/** A document's title, or its file name. */
export function documentName(document: Pick<DocumentRecord, 'title' | 'name'>): string {
  return visibleText(document.title ?? document.name)
}

/** Which part of the list a moment belongs to, by the days of this computer. */
export function dayGroup(at: Date, now: Date): DayGroup {
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000)
  if (days < 1) return 'today'
  if (days === 1) return 'yesterday'
  return days < 7 ? 'week' : 'earlier'
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
