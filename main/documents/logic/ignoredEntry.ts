// What a folder's scan passes by, by name, kind and size; everything else is offered to the reader.
import type { IgnoredReason } from '#contract/library.ts'

/** What stands at a name: symbolic links are never followed, so a link is a link whatever it points to. */
export type EntryKind = 'file' | 'folder' | 'link' | 'special'

const programFolders = new Set([
  ...['node_modules', 'bower_components', 'jspm_packages', '__pycache__', '__macosx', 'site-packages', 'venv'],
  ...['$recycle.bin', 'system volume information', 'lost+found', '@eadir'],
])

const temporaryNames = new Set(['thumbs.db', 'desktop.ini', 'ehthumbs.db'])
const temporaryEndings = new Set([
  'tmp',
  'temp',
  'part',
  'partial',
  'crdownload',
  'download',
  'swp',
  'swo',
  'lock',
  'lck',
])

const otherEndings = new Set([
  // pictures
  ...['jpg', 'jpeg', 'png', 'gif', 'bmp', 'tif', 'tiff', 'webp', 'heic', 'heif', 'avif', 'ico', 'icns', 'svgz', 'psd'],
  ...['raw', 'cr2', 'cr3', 'nef', 'arw', 'dng', 'xcf', 'ai', 'indd', 'eps'],
  // sound and film
  ...['mp3', 'm4a', 'aac', 'ogg', 'oga', 'opus', 'flac', 'wav', 'aiff', 'wma', 'mid', 'midi'],
  ...['mp4', 'm4v', 'mov', 'avi', 'mkv', 'webm', 'wmv', 'flv', 'mpg', 'mpeg', '3gp', 'ogv', 'vob'],
  // archives and images of disks
  ...[
    'zip',
    '7z',
    'rar',
    'gz',
    'tgz',
    'bz2',
    'xz',
    'zst',
    'tar',
    'cab',
    'iso',
    'img',
    'dmg',
    'vhd',
    'vhdx',
    'vmdk',
    'qcow2',
  ],
  // programs, libraries, their data
  ...[
    'exe',
    'dll',
    'msi',
    'sys',
    'com',
    'bin',
    'so',
    'dylib',
    'a',
    'o',
    'obj',
    'lib',
    'class',
    'jar',
    'war',
    'apk',
    'ipa',
  ],
  ...[
    'deb',
    'rpm',
    'appimage',
    'wasm',
    'pyc',
    'pyo',
    'node',
    'pdb',
    'ilk',
    'pak',
    'dat',
    'db',
    'sqlite',
    'sqlite3',
    'mdb',
  ],
  ...['gguf', 'safetensors', 'onnx', 'npy', 'npz', 'pkl', 'ttf', 'otf', 'woff', 'woff2', 'lnk', 'url'],
])

/** Why an entry is passed by; null when it is not. `bytes` counts for files only. */
export function ignoredBecause(name: string, kind: EntryKind, bytes: number, limitBytes: number): IgnoredReason | null {
  if (kind === 'link' || kind === 'special') return kind
  const lower = name.toLowerCase()
  if (isTemporary(lower)) return 'temporary'
  if (lower.startsWith('.')) return 'hidden'
  if (kind === 'folder') return programFolders.has(lower) ? 'program-folder' : null
  if (otherEndings.has(endingOf(lower))) return 'no-document'
  return bytes > limitBytes ? 'too-large' : null
}

/** Lock files of office programs, half-written downloads, what editors leave behind. */
function isTemporary(lower: string): boolean {
  if (lower.startsWith('~$') || lower.startsWith('.~') || lower.endsWith('~')) return true
  return temporaryNames.has(lower) || temporaryEndings.has(endingOf(lower))
}

function endingOf(lower: string): string {
  const dot = lower.lastIndexOf('.')
  return dot > 0 ? lower.slice(dot + 1) : ''
}
