// Takes one part out of a Word file, to look at what was written there.
import { inflateRawSync } from 'node:zlib'

/** The text of a part; throws where the file has none of that name. */
export function partOf(file: Buffer, name: string): string {
  let at = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  let left = file.readUInt16LE(at + 10)
  at = file.readUInt32LE(at + 16)
  for (; left > 0; left -= 1) {
    const [nameBytes, extra, comment] = [28, 30, 32].map((field) => file.readUInt16LE(at + field))
    const own = file.toString('utf8', at + 46, at + 46 + (nameBytes ?? 0))
    if (own === name) return contentAt(file, file.readUInt32LE(at + 42), file.readUInt32LE(at + 20))
    at += 46 + (nameBytes ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  throw new Error(`no part ${name}`)
}

function contentAt(file: Buffer, local: number, packedBytes: number): string {
  const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
  const packed = file.subarray(from, from + packedBytes)
  return (file.readUInt16LE(local + 8) === 0 ? packed : inflateRawSync(packed)).toString('utf8')
}
