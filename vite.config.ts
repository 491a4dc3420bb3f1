import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import agents from 'agents/vite'
import { defineConfig, type Plugin } from 'vite'

provideNodeCompat()
const { cloudflare } = await import('@cloudflare/vite-plugin')
const { redwood } = await import('rwsdk/vite')

export default defineConfig({
  environments: {
    // The Agents SDK finds a class by its name: minified, it would be somebody else after every build.
    worker: { build: { rolldownOptions: { output: { keepNames: true } } } },
    ssr: {},
  },
  plugins: [
    agents(),
    entitiesOfTheBrowser(),
    cloudflare({
      viteEnvironment: { name: 'worker' },
      // While developing; a build takes no variable along.
      config: { vars: JSON.parse(process.env['PARLEY_VARIABLES'] ?? '{}') },
      persistState: { path: process.env['DATA_DIR'] ?? '.data' },
      inspectorPort: false,
    }),
    redwood(),
    tailwindcss(),
  ],
})

/** A browser has the table of character references; the server brings its own. */
function entitiesOfTheBrowser(): Plugin {
  return {
    name: 'entities-of-the-browser',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (id) => (id === 'entities' ? resolve(import.meta.dirname, 'src/ui/parts/markdown/entities-in-browser.ts') : undefined),
  }
}

/**
 * @cloudflare/vite-plugin 1.64 asks miniflare for `getNodeCompat`, which the miniflare beside wrangler 4.164 (pinned for
 * all by package.json) no longer exports. The plugin only wants to know whether the worker is in Node mode; it is.
 * Goes away with the next release of the plugin.
 */
function provideNodeCompat(): void {
  const source = `export * from 'miniflare'
    export const getNodeCompat = (_date, flags) => ({ mode: flags.includes('nodejs_compat') ? 'v2' : null })`
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'miniflare' && context.parentURL?.endsWith('/@cloudflare/vite-plugin/dist/index.mjs')
        ? { url: new URL('#with-node-compat', context.parentURL).href, format: 'module', shortCircuit: true }
        : next(specifier, context),
    load: (url, context, next) => (url.endsWith('#with-node-compat') ? { format: 'module', source, shortCircuit: true } : next(url, context)),
  })
}
