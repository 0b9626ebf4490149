// Documents chosen from the list, to be summarized together.
import type { SliceTools } from '../slice.ts'

/** What is chosen. Null while nobody chooses; an empty choice is one that has begun. */
export type ChoosingPart = {
  readonly chosenDocuments: readonly string[] | null
  /** Begins, changes or, by null, leaves the choice. */
  chooseDocuments(documentIds: readonly string[] | null): void
  /** Begins with what is open and the document pressed, or with all from one to the other. */
  chooseBeside(documentId: string, through: boolean): void
  /** Asks how what is chosen is to be summarized. */
  askForChosen(): void
}

/** Fewer than these are not a batch. */
export const fewestTogether = 2

/** Keeps the order of the list, so that the same choice is the same batch. */
export function createChoosing({ set, get }: SliceTools): ChoosingPart {
  const inList = (wanted: (id: string) => boolean) =>
    get()
      .documents.map(({ id }) => id)
      .filter(wanted)

  return {
    chosenDocuments: null,
    chooseDocuments(documentIds) {
      set({ chosenDocuments: documentIds === null ? null : inList((id) => documentIds.includes(id)) })
    },
    chooseBeside(documentId, through) {
      const ids = get().documents.map(({ id }) => id)
      const [open, pressed] = [ids.indexOf(get().route.id ?? ''), ids.indexOf(documentId)]
      const [from, to] = open < 0 ? [pressed, pressed] : [Math.min(open, pressed), Math.max(open, pressed)]
      set({
        chosenDocuments: ids.filter((_, at) => (through ? from <= at && at <= to : at === open || at === pressed)),
      })
    },
    askForChosen() {
      const { chosenDocuments, documents, askForBatch } = get()
      // What was removed meanwhile is not summarized.
      const documentIds = documents.map(({ id }) => id).filter((id) => chosenDocuments?.includes(id) === true)
      if (documentIds.length >= fewestTogether) askForBatch({ documentIds })
    },
  }
}
