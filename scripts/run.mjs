// The server process: settings, workerd, and a clean end. Started by launch.mjs, or by a test.
import { spawn } from 'node:child_process'
import { claimNotice } from './claim-link.mjs'
import { Failure, fail } from './failure.mjs'
import { serve } from './serve.mjs'
import { readSettings } from './settings.mjs'
import { welcome } from './welcome.mjs'

try {
  if (process.env.PARLEY_OWN_GROUP) guard()
  const { model, open, ...settings } = await readSettings()
  const server = await serve(settings)
  endWith(server)
  await answers(server.url)
  console.log(welcome({ ...server, open, publicUrl: settings.variables.PUBLIC_URL, model, loopback: settings.variables.ALLOW_LOOPBACK === '1' }))
  const { PUBLIC_URL, BETTER_AUTH_SECRET } = settings.variables
  const notice = await claimNotice(await server.database(), PUBLIC_URL || server.url, BETTER_AUTH_SECRET)
  if (notice) console.log(notice)
  process.send?.({ ready: { url: server.url, port: server.port } })
} catch (error) {
  fail(error)
}

/** Ready means that a page came back, not that a port is open. */
async function answers(url) {
  const response = await fetch(url, { redirect: 'manual' })
  await response.body?.cancel()
  if (response.status >= 500) throw new Failure(`Parley started, but its front page answers ${response.status}: the messages above say why.`)
}

function endWith(server) {
  let ending = false
  const end = async () => {
    if (ending) return
    ending = true
    await server.stop()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end())
  process.on('disconnect', () => void end())
}

/**
 * workerd outlives a parent that is killed outright, and holds the port. A shell that waits on a pipe from us outlives us
 * by a moment: it ends our process group, which is ours alone.
 */
function guard() {
  if (process.platform === 'win32') return
  const shell = spawn('/bin/sh', ['-c', 'read _; kill -9 0'], { stdio: ['pipe', 'ignore', 'ignore'] })
  shell.unref()
  shell.stdin.unref()
}
