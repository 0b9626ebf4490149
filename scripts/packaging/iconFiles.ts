// Windows' and macOS's icon files as bytes: both are a small directory in front of pictures in several sizes.

/** One square picture: its PNG file, and its pixels as red, green, blue, alpha from the top left. */
export type Picture = { readonly size: number; readonly png: Buffer; readonly pixels: Buffer }

/** PNG pictures stand in an ICO file from this size on; below, installers read only bitmaps. */
const firstPngSize = 256

/** The names macOS gives its sizes; a name with two sizes is the same picture on a sharper screen. */
const icnsNames: readonly (readonly [name: string, size: number])[] = [
  ['icp4', 16],
  ['ic11', 32],
  ['icp5', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/** An ICO file: header, one entry of 16 bytes per picture, then the pictures. */
export function icoFile(pictures: readonly Picture[]): Buffer {
  const bodies = pictures.map((picture) => (picture.size < firstPngSize ? bitmap(picture) : picture.png))
  const header = Buffer.alloc(6 + 16 * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  const first = { offset: header.length }
  pictures.forEach(({ size }, index) => {
    const at = 6 + 16 * index
    const length = bodies[index]?.length ?? 0
    header.writeUInt8(size % 256, at) // 0 stands for 256
    header.writeUInt8(size % 256, at + 1)
    header.writeUInt16LE(1, at + 4)
    header.writeUInt16LE(32, at + 6)
    header.writeUInt32LE(length, at + 8)
    header.writeUInt32LE(first.offset, at + 12)
    first.offset += length
  })
  return Buffer.concat([header, ...bodies])
}

/** An ICNS file: header, then name, length and PNG of each picture macOS asks for. */
export function icnsFile(pictures: readonly Picture[]): Buffer {
  const entries = icnsNames.map(([name, size]) => {
    const picture = pictures.find((each) => each.size === size)
    if (picture === undefined) throw new Error(`no picture of ${size} pixels`)
    return Buffer.concat([Buffer.from(name), length32(picture.png.length + 8), picture.png])
  })
  const body = Buffer.concat(entries)
  return Buffer.concat([Buffer.from('icns'), length32(body.length + 8), body])
}

/** A bitmap as ICO holds it: a header of twice the height, blue first, bottom row first, and an empty mask. */
function bitmap({ size, pixels }: Picture): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(size, 4)
  header.writeInt32LE(size * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const rows = Array.from({ length: size }, (_, row) =>
    pixels.subarray((size - 1 - row) * size * 4, (size - row) * size * 4),
  )
  const colours = Buffer.concat(rows)
  for (let at = 0; at < colours.length; at += 4) colours.subarray(at, at + 3).reverse()
  const mask = Buffer.alloc(Math.ceil(size / 32) * 4 * size)
  return Buffer.concat([header, colours, mask])
}

function length32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
