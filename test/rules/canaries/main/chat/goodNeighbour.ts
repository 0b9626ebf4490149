// Good: the rules must let this pass.
import type { ChatText } from '#contract/chat.ts'
import { documentService } from '../documents/documentService.ts'
import { jobService } from '../jobs/jobService.ts'
import { storage } from '../storage/storage.ts'

/** Only downward, only through services and fronts. */
export const neighbours: readonly ChatText[] = [documentService, jobService, storage]
