// Every migration of this build, oldest first; a new one is a date-named file and a line here.
import type { Migration } from '../storageProtocol.ts'
import { cloud } from './2026-11-20-cloud.ts'
import { comparisons } from './2026-11-20-comparisons.ts'
import { first } from './2026-11-20-first.ts'
import { jobs } from './2026-11-20-jobs.ts'
import { library } from './2026-11-20-library.ts'
import { machine } from './2026-11-20-machine.ts'
import { models } from './2026-11-20-models.ts'
import { modelsCatalogue } from './2026-11-20-models-catalogue.ts'
import { questions } from './2026-11-20-questions.ts'
import { modelsPacks } from './2026-11-20-models-packs.ts'
import { modelsPins } from './2026-11-20-models-pins.ts'
import { search } from './2026-11-20-search.ts'
import { sequences } from './2026-11-20-sequences.ts'

/** The schema's steps in the order they apply; ids are never changed or reused once released. */
export const migrations: readonly Migration[] = [
  first,
  search,
  cloud,
  library,
  models,
  machine,
  questions,
  comparisons,
  jobs,
  modelsCatalogue,
  modelsPins,
  sequences,
  modelsPacks,
]
