import { expect, it } from 'vitest'
import { refuseAtTheDoor } from './door'

/** What the door reads of the worker's environment. */
function given(variables: Partial<Env>): Env {
  return variables as Env
}

it('[R34] serves nothing without a good key, and says so in words to a browser and as a refusal to a program', async () => {
  for (const BETTER_AUTH_SECRET of ['', 'short', 'better-auth-secret-12345678901234567890']) {
    for (const path of ['/', '/assets/client.js', '/rooms/lobby/agents/socket', '/sign-in']) {
      const toProgram = refuseAtTheDoor(new Request(`https://chat.example${path}`), given({ BETTER_AUTH_SECRET }))
      expect(toProgram?.status).toBe(503)
      expect(await toProgram?.json()).toMatchObject({ refusal: { code: 'unavailable' } })
      const toBrowser = refuseAtTheDoor(new Request(`https://chat.example${path}`, { headers: { accept: 'text/html' } }), given({ BETTER_AUTH_SECRET }))
      expect(await toBrowser?.text()).toMatch(/role="alert">Parley has no key to sign sessions with yet\. .*BETTER_AUTH_SECRET/)
    }
  }
  expect(refuseAtTheDoor(new Request('https://chat.example/'), given({}))?.status).toBe(503)
})

it('[R31] [R34] lets everything pass that comes under a name of ours, and on Cloudflare under any', () => {
  const BETTER_AUTH_SECRET = '0123456789abcdef0123456789abcdef'
  const asked = new Request('http://chat.test/', { headers: { host: 'chat.test' } })
  expect(refuseAtTheDoor(asked, given({ BETTER_AUTH_SECRET }))).toBeNull()
  expect(refuseAtTheDoor(asked, given({ BETTER_AUTH_SECRET, HOSTS: 'localhost chat.test' }))).toBeNull()
  expect(refuseAtTheDoor(asked, given({ BETTER_AUTH_SECRET, HOSTS: 'localhost' }))?.status).toBe(421)
})

it('[R30] answers nothing at `npm start` that came by a way where nobody has a network', async () => {
  const variables = given({ BETTER_AUTH_SECRET: '0123456789abcdef0123456789abcdef', HOSTS: 'localhost', DIRECT_SOCKETS: '1' })
  const asked = (cf: unknown) => Object.assign(new Request('http://localhost/', { headers: { host: 'localhost', 'x-forwarded-for': '203.0.113.9' } }), { cf })
  for (const cf of [undefined, null, {}, { clientIp: 'nobody' }]) {
    const refused = refuseAtTheDoor(asked(cf), variables)
    expect(refused?.status).toBe(421)
    expect(await refused?.json()).toMatchObject({ refusal: { code: 'wrong_host' } })
  }
  expect(refuseAtTheDoor(asked({ clientIp: '203.0.113.9:1' }), variables)).toBeNull()
})
