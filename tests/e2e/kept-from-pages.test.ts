// Browsers, policies and private windows that keep things from a page, so that asking for them throws: a room without them is a room.
import { describe, expect, it } from 'vitest'
import { LANES } from '../../src/lanes/lanes'
import { useStage } from './stage/stage'

const stage = useStage()

/** What a page may ask for and can do without. Runs before the page's scripts. */
function keepAll(): void {
  const deny = (from: object, name: string) =>
    Object.defineProperty(from, name, {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
  for (const name of ['indexedDB', 'localStorage', 'sessionStorage', 'BroadcastChannel', 'matchMedia', 'visualViewport', 'Notification']) deny(window, name)
  for (const name of ['clipboard', 'onLine', 'language', 'languages', 'locks', 'serviceWorker', 'storage', 'permissions']) deny(Navigator.prototype, name)
  deny(Crypto.prototype, 'subtle')
}

describe.each([...LANES, 'compare'] as const)('%s', (lane) => {
  it('[R117] a page from which all of it is kept shows the room, posts, and copies or says that it could not', async () => {
    const owner = await stage.guest('Ann')
    const room = await stage.room(owner)
    const ann = await stage.person(owner, { beforeScripts: keepAll })
    const troubles: string[] = []
    ann.page.on('pageerror', (error) => troubles.push(String(error)))
    if (lane === 'compare') {
      await ann.page.goto(`/rooms/${room}/compare`)
      await ann.status.filter({ hasText: 'Connected' }).nth(2).waitFor()
    } else {
      await ann.enter(room, lane)
      await ann.composer.fill('[[echo]] so:\n```js\nconst answer = 42\n```')
      await ann.button('Send').click()
      await ann.seesReply('complete')
      await ann.button('Copy as Markdown').click()
      await ann.button(/^(Copied|Could not copy)$/).waitFor()
    }
    expect(troubles).toEqual([])
  })
})
