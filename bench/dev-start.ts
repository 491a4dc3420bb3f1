// How long a developer waits: `npm run dev` with nothing prepared, until a room's page has come.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signInAsGuest } from '../tests/support/guest'
import { end, freePort } from './processes'

/** Cold: Vite prepares its dependencies anew. Answers ms. */
export async function coldDevStart(): Promise<number> {
  rmSync('node_modules/.vite', { recursive: true, force: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-'))
  const port = await freePort()
  const begun = performance.now()
  const dev = spawn(process.execPath, ['scripts/dev.mjs'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, MODEL: 'guide' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const words of dev.stdout) if (String(words).includes('Parley is ready')) break
    const guest = await signInAsGuest(`http://localhost:${port}`, 'Developer')
    const page = await guest.fetch(`http://localhost:${port}/rooms/lobby/agents`)
    if (!(await page.text()).includes('role="log"')) throw new Error('the dev server serves no room')
    return performance.now() - begun
  } finally {
    await end(dev)
    rmSync(dataDir, { recursive: true, force: true })
  }
}
