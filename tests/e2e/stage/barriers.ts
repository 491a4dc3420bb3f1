// What axe has to say against a page as it stands, in light and in dark. It is loaded once per page, which takes longer
// than all that it looks at.
import axe from 'axe-core'
import type { Person } from './person'

/** For a context of whoever is looked at: axe is a script of its own, which the page's policy would rightly not run. */
export const WITH_AXE = { bypassCSP: true } as const

declare global {
  interface Window {
    axe?: typeof axe
  }
}

/** In a part of the page (a selector), or in all of it; in a form that says where. */
export async function barriers({ page }: Person, part = 'html'): Promise<readonly string[]> {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(axe.source)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await page.evaluate(lookAt, part)).map((barrier) => `${colorScheme}: ${barrier}`))
  }
  return found
}

/** Runs in the page. Colours that are still changing into others are nobody's: what changes has changed, and what appears is there. */
async function lookAt(part: string): Promise<readonly string[]> {
  for (const animation of document.getAnimations()) if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  if (!window.axe) throw new Error('axe is not here')
  const { violations } = await window.axe.run(part, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`))
}
