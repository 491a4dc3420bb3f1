import { cloudflareTest } from '@cloudflare/vitest-plugin'
import agents from 'agents/vite'
import { defineConfig } from 'vitest/config'

/** Tests that start servers and browsers: one file at a time, and patient on a busy machine, ms. */
const slow = { fileParallelism: false, testTimeout: 30_000, hookTimeout: 60_000 }

/** In workerd, an object's storage is its own in every file; a test waits for a condition, never for a time, ms. */
const inWorkerd = { testTimeout: 20_000, hookTimeout: 30_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', environment: 'node', include: ['src/**/*.test.{ts,tsx}', 'tests/unit/**/*.test.{ts,tsx}'] } },
      // The room's core from source, with lanes and a model that the test's own worker injects.
      {
        plugins: [agents(), cloudflareTest({ wrangler: { configPath: 'tests/workerd/wrangler.jsonc' } })],
        test: { ...inWorkerd, name: 'workerd', include: ['tests/workerd/*.test.ts'] },
      },
      { test: { ...slow, name: 'contract', environment: 'node', include: ['tests/lane-contract/**/*.test.ts'] } },
      { test: { ...slow, name: 'attack', environment: 'node', include: ['tests/attack/**/*.test.ts'] } },
      { test: { ...slow, name: 'fuzz', environment: 'node', include: ['tests/fuzz/**/*.test.ts'] } },
      { test: { ...slow, name: 'text', environment: 'node', include: ['tests/text/**/*.test.ts'] } },
      { test: { ...slow, name: 'e2e', environment: 'node', include: ['tests/e2e/**/*.test.ts'] } },
    ],
  },
})
