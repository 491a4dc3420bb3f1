// Whether a port is free.
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { Failure } from './failure.mjs'

/** A server that was killed a moment ago may still be letting go of the port, ms. */
const LETTING_GO_MS = 1_000

/**
 * The port, once it can be listened on; any free one for 0. Asked before workerd is, whose own words for a taken port help
 * nobody. Refuses with a Failure: taken for a second, not allowed, or an address that this machine does not have.
 */
export async function freePort(wanted, listen = 'localhost') {
  const patience = Date.now() + LETTING_GO_MS
  for (;;) {
    try {
      let port = wanted === 0 ? someUnlent() : wanted
      for (const address of addressesFor(listen)) port = await listenOnce(port, address)
      return port
    } catch (error) {
      if (!(error instanceof Failure) || Date.now() > patience) throw error
      await setTimeout(100)
    }
  }
}

/** Not of those that systems lend to whoever connects somewhere: one of them could be lent between our asking and our listening. */
function someUnlent() {
  return 20_000 + Math.floor(Math.random() * 12_000)
}

/** A browser told `localhost` may try ::1 first, and must not find somebody else there. */
function addressesFor(listen) {
  return listen === 'localhost' ? ['127.0.0.1', '::1'] : listen === '0.0.0.0' || listen === '::' ? ['127.0.0.1', '::1', listen] : [listen]
}

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE') reject(new Failure(`Port ${port} is taken: stop what uses it, or choose another with PORT=…`))
      else if (error.code === 'EACCES') reject(new Failure(`Port ${port} may not be used by you: choose another with PORT=…`))
      // No IPv6 here: nothing to share the port with.
      else if (host === '::1') resolve(port)
      else if (error.code === 'EADDRNOTAVAIL') reject(new Failure(`HOST is ${host}, which is no address of this machine: write 0.0.0.0 for all that it has.`))
      else reject(error)
    })
    probe.listen({ port, host, exclusive: true }, () => {
      const { port: given } = probe.address()
      probe.close(() => resolve(given))
    })
  })
}
