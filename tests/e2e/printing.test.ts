// A room on paper: all of it that is loaded, in ink on white.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { useStage } from './stage/stage'

const stage = useStage()

const ODDS =
  'See https://example.com/a, www.example.com and [its words](https://example.com/b). A footnote[^1].\n\n```mermaid\ngraph LR\nA --> B\n```\n\n[^1]: The note.'

describe.each(LANES)('%s lane', (lane) => {
  it('[R111] all of a long answer is printed, and nothing that is only there to be pressed', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { room, lane, options: { colorScheme: 'dark' } })
    await ann.say(`[[echo]] ${'A paragraph of the long answer.\n\n'.repeat(150)}\`\`\`js\nconst line = '${'long '.repeat(60)}'\n\`\`\``)
    await ann.seesReply('complete')
    await ann.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const paper = await ann.page.evaluate(() => {
      const log = document.querySelector('[role="log"]')
      const shown = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].some((element) => element.offsetParent !== null)
      return {
        cut: log ? log.scrollHeight - log.clientHeight : null,
        wide: document.documentElement.scrollWidth - innerWidth,
        ground: log ? getComputedStyle(document.querySelector('.room') ?? log).backgroundColor : '',
        ink: getComputedStyle(document.querySelector('[data-part="text"]') ?? document.body).color,
        pressed: shown('textarea, button, .room-drawer, .lane-switch, .connection'),
        named: shown('h1'),
        when: getComputedStyle(document.querySelector('article time') ?? document.body, '::after').content,
      }
    })
    expect(paper).toMatchObject({ cut: 0, wide: 0, ground: 'rgb(255, 255, 255)', ink: 'rgb(27, 36, 32)', pressed: false, named: true })
    expect(paper.when).toMatch(/\d{1,2}:\d{2}:\d{2}/)
    await ann.page.emulateMedia({ media: 'screen', colorScheme: 'dark' })
    await ann.say(`[[echo]] ${ODDS}`)
    await ann.seesReply('complete', 'footnote')
    const post = ann.log.locator('article[data-author-kind="person"]').last()
    await post.locator('[data-diagram] img[data-paper]').waitFor({ state: 'attached' })
    await post.getByRole('button', { name: 'Footnote 1', exact: true }).waitFor()
    await ann.page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const odds = await post.evaluate((reply) => ({
      links: [...reply.querySelectorAll('.prose-message a')].map(
        (link) => `${link.textContent}${getComputedStyle(link, '::after').content.replace('none', '')}`,
      ),
      marks: [...reply.querySelectorAll<HTMLElement>('[data-to="note"]')].map((mark) => mark.offsetParent !== null && mark.innerText),
      pictures: [...reply.querySelectorAll<HTMLElement>('[data-diagram] img')].map((picture) => [
        picture.dataset['paper'] ?? 'of the screen',
        picture.offsetParent !== null,
      ]),
    }))
    expect(odds).toEqual({
      links: ['https://example.com/a', 'www.example.com', 'its words" (https://example.com/b)"'],
      marks: ['1'],
      pictures: [
        ['of the screen', false],
        ['', true],
      ],
    })
    const pages = (await ann.page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g)
    expect(pages?.length ?? 0).toBeGreaterThanOrEqual(5)
  })
})
