// A home with the models of five other programs in it, laid out as each of them does.
import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ggufBytes, withMetadata } from '../fixtures/gguf.ts'

/** A model that needs no engine to be linked; every `name` gives another content. */
export function peerModel(name: string | undefined): Uint8Array {
  const named = name === undefined ? undefined : ({ type: 'text', value: name } as const)
  return ggufBytes(withMetadata({ 'tokenizer.chat_template': undefined, 'general.name': named }))
}

const projector = ggufBytes(withMetadata({ 'general.architecture': { type: 'text', value: 'clip' } }))
const layer = 'application/vnd.ollama.image.model'

/** Lays out all five below `home`, as on Linux without any variable set. */
export function layOutPeers(home: string): void {
  lmStudio(path.join(home, '.lmstudio/models'))
  ollama(path.join(home, '.ollama/models'))
  jan(path.join(home, '.local/share/Jan/data'))
  write(path.join(home, '.local/share/nomic.ai/GPT4All/Four.Q4_0.gguf'), peerModel('Four'))
  write(path.join(home, '.local/share/nomic.ai/GPT4All/incomplete-Five.gguf'), peerModel('Five').subarray(0, 100))
  hub(path.join(home, '.cache/huggingface/hub'))
}

function lmStudio(folder: string): void {
  write(path.join(folder, 'publisher/Studio-GGUF/Studio-Q4_K_M.gguf'), peerModel('Studio'))
  write(path.join(folder, 'publisher/Studio-GGUF/mmproj-Studio-F16.gguf'), projector)
  write(path.join(folder, 'publisher/Large-GGUF/Large-00001-of-00002.gguf'), peerModel('Large'))
  write(path.join(folder, 'publisher/Large-GGUF/Large-00002-of-00002.gguf'), Buffer.alloc(500))
  write(path.join(folder, 'publisher/Half-GGUF/Half-Q8_0.gguf.part'), peerModel('Half').subarray(0, 200))
}

function ollama(folder: string): void {
  const library = path.join(folder, 'manifests/registry.ollama.ai/library')
  // The file itself has no name: the list's is all there is.
  const blob = peerModel(undefined)
  const list = { schemaVersion: 2, layers: [{ mediaType: layer, digest: `sha256:${hashOf(blob)}`, size: blob.length }] }
  write(path.join(folder, `blobs/sha256-${hashOf(blob)}`), blob)
  write(path.join(library, 'nameless/3b'), JSON.stringify(list))
  const gone = { layers: [{ mediaType: layer, digest: `sha256:${'0'.repeat(64)}` }] }
  write(path.join(library, 'gone/latest'), JSON.stringify(gone))
  // CVE-2024-37032: a digest that is a path.
  const hostile = { layers: [{ mediaType: layer, digest: 'sha256:../../../../etc/passwd' }] }
  write(path.join(library, 'hostile/latest'), JSON.stringify(hostile))
}

function jan(folder: string): void {
  write(path.join(folder, 'llamacpp/models/janhq/Jan-v3/model.gguf'), peerModel('Jan'))
  write(path.join(folder, 'llamacpp/models/janhq/Jan-v3/mmproj.gguf'), projector)
  write(
    path.join(folder, 'llamacpp/models/janhq/Jan-v3/model.yml'),
    'model_path: llamacpp/models/janhq/Jan-v3/model.gguf',
  )
  write(path.join(folder, 'threads/not-a-model.gguf'), peerModel('Elsewhere'))
}

function hub(folder: string): void {
  const repository = path.join(folder, 'models--user--Hub-GGUF')
  const blob = peerModel('Hub')
  write(path.join(repository, 'blobs', hashOf(blob)), blob)
  write(path.join(repository, 'refs/main'), 'b'.repeat(40))
  for (const revision of ['a', 'b']) {
    const snapshot = path.join(repository, 'snapshots', revision.repeat(40))
    mkdirSync(snapshot, { recursive: true })
    symlinkSync(path.join('../../blobs', hashOf(blob)), path.join(snapshot, 'Hub-Q5_K_M.gguf'))
  }
}

/** Every entry below a folder: a file's hash, where a link leads, and when each was last changed. */
export function hashesOf(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    entries
      .map((entry): [string, string] => {
        const file = path.join(entry.parentPath, entry.name)
        const content = entry.isSymbolicLink()
          ? readlinkSync(file)
          : entry.isDirectory()
            ? ''
            : hashOf(readFileSync(file))
        return [path.relative(folder, file), `${content} ${lstatSync(file).mtimeMs}`]
      })
      .sort(),
  )
}

function write(file: string, content: Uint8Array | string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
