// From the places a host names to folders: reads the settings of other programs that moved their models.
import { readFile, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { ModelPeer } from '#contract/modelSupply.ts'
import type { ModelPlace } from '../../host.ts'
import { folderIn } from '../logic/peerSettings.ts'

/** A folder to look into. */
export type PeerPlace = { readonly peer: ModelPeer; readonly folder: string }

/** Every folder once, in the order of the places; settings that are missing or name no absolute folder give none. */
export async function foldersOf(places: readonly ModelPlace[]): Promise<readonly PeerPlace[]> {
  const folders: PeerPlace[] = []
  const seen = new Set<string>()
  for (const place of places) {
    const folder = 'folder' in place ? place.folder : await namedFolder(place)
    if (folder === null) continue
    const key = `${place.peer} ${await realpath(folder).catch(() => folder)}`
    if (seen.has(key)) continue
    seen.add(key)
    folders.push({ peer: place.peer, folder })
  }
  return folders
}

async function namedFolder(place: Extract<ModelPlace, { settings: string }>): Promise<string | null> {
  const text = await readFile(place.settings, 'utf8').catch(() => null)
  const named = text === null ? null : folderIn(text, path.extname(place.settings), place.key)
  return named !== null && path.isAbsolute(named) ? path.join(named, place.below) : null
}
