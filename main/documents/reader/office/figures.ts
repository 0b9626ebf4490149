// Reads the charts and diagrams a part refers to, before the part itself; none of them refers on.
import { textOf } from '../../logic/office/blocks.ts'
import { ChartPart } from '../../logic/office/chartPart.ts'
import { DiagramPart } from '../../logic/office/diagramPart.ts'
import type { Figure, Figures } from '../../logic/office/figure.ts'
import { Refusal } from '../archive/refusal.ts'
import type { Package } from './package.ts'

/** Refusals a part itself is to blame for, as is what is no refusal: it came from a parser fed with damaged bytes. */
const DAMAGE: ReadonlySet<string> = new Set(['document-corrupt', 'document-unsafe'])

/**
 * What the figures of `part` say, by the id of the reference. One that is damaged, unsafe or too large says nothing: it is
 * beside the text, which stays readable without it. Throws `document-too-long` for more than a reading takes.
 */
export async function figuresOf(document: Package, part: string): Promise<Figures> {
  const figures = new Map<string, Figure>()
  const known = new Map<string, Figure>()
  let characters = 0
  for (const { id, type, part: target } of await unlessDamaged(() => document.relationships(part), [])) {
    if (type !== 'chart' && type !== 'diagramData') continue
    const figure = known.get(target) ?? (await figureOf(document, type, target))
    known.set(target, figure)
    characters += figure.blocks.reduce((sum, block) => sum + textOf(block).length, 0)
    document.checkLength(characters)
    figures.set(id, figure)
  }
  return figures
}

async function figureOf(document: Package, type: 'chart' | 'diagramData', part: string): Promise<Figure> {
  const read = async () => {
    const { blocks, isCut } = await document.takeFigure(part, type === 'chart' ? new ChartPart() : new DiagramPart())
    return { blocks, isCut }
  }
  return unlessDamaged(read, { blocks: [], isCut: false })
}

/** What `read` answers, or `otherwise` where the part is damaged or unsafe; a file that is gone stays a refusal. */
async function unlessDamaged<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Refusal && !DAMAGE.has(error.failure.code)) throw error
    return otherwise
  }
}
