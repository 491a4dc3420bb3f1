// Composition root: the web app and the objects behind it. No logic.
import { defineApp } from 'rwsdk/worker'
import { finishPage } from './app/opening/finish-page'
import { refuseAtTheDoor } from './app/requests/door'
import { answerFile } from './app/requests/files'
import { unlessGone } from './app/requests/gone'
import { pageRequest } from './app/requests/page-request'
import { answered } from './app/requests/unavailable'
import { routes } from './app/routes'

export { Ledger } from './limits/Ledger'
export { ParleyRoom } from './parley-room'

const app = defineApp(routes)

export default {
  async fetch(request, env, context) {
    const refused = refuseAtTheDoor(request, env)
    if (refused) return refused
    // On Cloudflare files are served before the worker is asked; `npm start` leaves them to it.
    if (new URL(request.url).pathname.startsWith('/assets/')) return answerFile(request, env.ASSETS)
    const asked = pageRequest(request)
    const answer = answered(async () => unlessGone(request, await finishPage(asked, await app.fetch(asked, env, context), env)))
    // Gone on with when the client is gone, because what it asked for may have been opened.
    if (request.headers.has('upgrade')) context.waitUntil(answer)
    return answer
  },
} satisfies ExportedHandler<Env>
