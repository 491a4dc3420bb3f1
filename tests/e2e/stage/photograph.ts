// What the pages of a failed test looked like, for whoever looks into it.
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

const RESULTS = resolve(import.meta.dirname, '../../../test-results')

/** Of what a page held, the last so many lines: where a room's newest messages are. */
const LINES = 80

/** Leaves a picture of each page in test-results/, and says where, and what the page held: of a run elsewhere only its output may be left. */
export async function photograph(test: string, pages: readonly Page[]): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  await writeFile(join(RESULTS, '.gitignore'), '*\n')
  const name = test
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 80)
  for (const [index, page] of pages.entries()) {
    const path = join(RESULTS, `${name}-${index + 1}.png`)
    await page.screenshot({ path })
    const held = (await page.locator('body').ariaSnapshot()).split('\n').slice(-LINES).join('\n')
    console.error(`“${test}” failed; page ${index + 1}, ${page.url()}, looked like this: ${path}\n${held}`)
  }
}
