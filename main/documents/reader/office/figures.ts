// Reads the charts and diagrams a part refers to, before the part itself; none of them refers on.
import { textOf, type Block } from '../../logic/office/blocks.ts'
import { ChartPart } from '../../logic/office/chartPart.ts'
import { DiagramPart } from '../../logic/office/diagramPart.ts'
import type { Figures } from '../../logic/office/figure.ts'
import type { Package } from './package.ts'

/** What the figures of `part` say, by the id of the reference. Throws `document-too-long` for more than a reading takes. */
export async function figuresOf(document: Package, part: string): Promise<Figures> {
  const figures = new Map<string, readonly Block[]>()
  const known = new Map<string, readonly Block[]>()
  let characters = 0
  for (const { id, type, part: target } of await document.relationships(part)) {
    if (type !== 'chart' && type !== 'diagramData') continue
    const blocks = known.get(target) ?? (await blocksOf(document, type, target))
    known.set(target, blocks)
    characters += blocks.reduce((sum, block) => sum + textOf(block).length, 0)
    document.checkLength(characters)
    figures.set(id, blocks)
  }
  return figures
}

async function blocksOf(document: Package, type: 'chart' | 'diagramData', part: string): Promise<readonly Block[]> {
  return (await document.take(part, type === 'chart' ? new ChartPart() : new DiagramPart())).blocks
}
