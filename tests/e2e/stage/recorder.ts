// Pictures of a walk-through for the docs, as WebP, when they are to be recorded anew (`npm run walkthrough`); otherwise nothing.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'

/** Where they go; nothing is recorded without it. */
const FOLDER = process.env['PARLEY_RECORD']
const QUALITY = 0.82

/** Takes a picture of what is in sight, or of this part. `name`: that of its file, without its end. */
export async function record(page: Page, name: string, part: Page | Locator = page): Promise<void> {
  if (!FOLDER) return
  // Neither a pointer over a button nor a box with a caret is a part of it.
  await page.mouse.move(0, 0)
  await page.emulateMedia({ colorScheme: 'light' })
  const png = (await part.screenshot({ animations: 'disabled', caret: 'hide' })).toString('base64')
  const other = await page.context().newPage()
  const webp = await other.evaluate(
    async ([data, quality]) => {
      const image = new Image()
      image.src = `data:image/png;base64,${data}`
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      canvas.getContext('2d')?.drawImage(image, 0, 0)
      return canvas.toDataURL('image/webp', quality).split(',')[1] ?? ''
    },
    [png, QUALITY] as const,
  )
  await other.close()
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.webp`), Buffer.from(webp, 'base64'))
}
