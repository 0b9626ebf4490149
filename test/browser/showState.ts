// Opens a state of a room in a context that is already let in, and waits until nothing moves any more.
import type { BrowserContext, Page } from '@playwright/test'
import { alterAnswers } from './alteredAnswers.ts'
import type { RoomState } from './roomStates.ts'
import type { Words } from './words.ts'

/** A page that shows the state; whoever asked closes it. */
export async function showState(
  context: BrowserContext,
  origin: string,
  state: RoomState,
  say: Words,
  size = { width: 1280, height: 800 },
): Promise<Page> {
  const page = await context.newPage()
  await page.setViewportSize(size)
  page.setDefaultTimeout(15_000)
  if (state.answers !== undefined) await alterAnswers(page, state.answers)
  await page.goto(`${origin}/${state.hash}`)
  await page.getByRole('main').first().waitFor()
  await settle(page)
  await state.act?.(page, say)
  await settle(page)
  return page
}

/** No request under way, fonts there, and the page the same for a moment. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise<void>((resolve) => {
      let quiet = setTimeout(done, 150)
      const observer = new MutationObserver(() => {
        clearTimeout(quiet)
        quiet = setTimeout(done, 150)
      })
      // A page that never rests is shown as it is after two seconds.
      const late = setTimeout(done, 2000)
      observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
      function done(): void {
        observer.disconnect()
        clearTimeout(late)
        clearTimeout(quiet)
        resolve()
      }
    })
  })
}
