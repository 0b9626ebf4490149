// Draws `resources/icons/icon.svg` in an installed browser and writes the PNG, ICO and ICNS files; run after a change of them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../systemPackages.mjs'
import { icnsFile, icoFile, type Picture } from './iconFiles.ts'

/** Sizes of Linux's icon theme; Windows takes those up to 256, macOS those from 16 on. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024]

/** On macOS an icon leaves this part of its square free on each side, so that it is as large as its neighbours. */
const macMargin = 0.098

const resources = join(import.meta.dirname, '..', '..', 'resources')

/** Apart from `icons/`, all of which goes into the window. */
const folder = join(resources, 'appIcons')
process.exitCode = await main()

async function main(): Promise<number> {
  const { path, reason } = ensureChromium()
  if (path === undefined) {
    console.error(reason)
    return 1
  }
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const svg = readFileSync(join(resources, 'icons', 'icon.svg'), 'utf8')
    const plain = await drawAll(page, svg, 0)
    const mac = await drawAll(page, svg, macMargin)
    mkdirSync(join(folder, 'png'), { recursive: true })
    for (const { size, png } of plain) writeFileSync(join(folder, 'png', `${size}x${size}.png`), png)
    writeFileSync(join(folder, 'icon.ico'), icoFile(plain.filter(({ size }) => size <= 256)))
    writeFileSync(join(folder, 'icon.icns'), icnsFile(mac))
    return 0
  } finally {
    await browser.close()
  }
}

async function drawAll(page: Page, svg: string, margin: number): Promise<readonly Picture[]> {
  const pictures: Picture[] = []
  for (const size of sizes) pictures.push(await draw(page, svg, size, margin))
  return pictures
}

/** Draws on a canvas of exactly `size` pixels and reads it back both ways. */
async function draw(page: Page, svg: string, size: number, margin: number): Promise<Picture> {
  const drawn = await page.evaluate(
    async ({ source, side, free }) => {
      const image = new Image()
      image.src = `data:image/svg+xml;base64,${btoa(source)}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = side
      canvas.height = side
      const context = canvas.getContext('2d')
      const inner = side - 2 * Math.round(side * free)
      context?.drawImage(image, (side - inner) / 2, (side - inner) / 2, inner, inner)
      const pixels = context?.getImageData(0, 0, side, side).data ?? []
      return { png: canvas.toDataURL('image/png').split(',')[1] ?? '', pixels: [...pixels] }
    },
    { source: svg, side: size, free: margin },
  )
  return { size, png: Buffer.from(drawn.png, 'base64'), pixels: Buffer.from(drawn.pixels) }
}
