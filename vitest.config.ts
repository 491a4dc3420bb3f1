import { cloudflareTest } from '@cloudflare/vitest-plugin'
import agents from 'agents/vite'
import { defineConfig } from 'vitest/config'

/** A test waits for conditions, each of which gives up after 20 s and says what it waited for: the test's own end comes later, ms. */
const patient = { expect: { poll: { timeout: 20_000 } }, testTimeout: 60_000, hookTimeout: 60_000 }

/** Tests that start servers and browsers wait most of the time: three files at once, of whichever of these projects run, each with a server of its own. */
const slow = { ...patient, testTimeout: 90_000, maxWorkers: 3, sequence: { groupOrder: 1 } }

export default defineConfig({
  test: {
    projects: [
      // Pure: files share a process, which starts forty times less often.
      { test: { ...patient, name: 'unit', environment: 'node', isolate: false, include: ['src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'] } },
      // An object's storage is its own in every file. The room's core from source, with lanes and a model that the test's own worker injects.
      {
        plugins: [agents(), cloudflareTest({ wrangler: { configPath: 'tests/workerd/wrangler.jsonc' } })],
        test: { ...slow, name: 'workerd', include: ['tests/workerd/*.test.ts'] },
      },
      { test: { ...slow, name: 'contract', environment: 'node', include: ['tests/lane-contract/**/*.test.ts'] } },
      { test: { ...slow, name: 'releases', environment: 'node', include: ['tests/releases/**/*.test.ts'] } },
      { test: { ...slow, name: 'running', environment: 'node', include: ['tests/running/**/*.test.ts'] } },
      { test: { ...slow, name: 'attack', environment: 'node', include: ['tests/attack/**/*.test.ts'] } },
      { test: { ...slow, name: 'fuzz', environment: 'node', include: ['tests/fuzz/**/*.test.ts'] } },
      { test: { ...slow, name: 'text', environment: 'node', include: ['tests/text/**/*.test.ts'] } },
      { test: { ...slow, name: 'e2e', environment: 'node', include: ['tests/e2e/**/*.test.ts'] } },
    ],
  },
})
