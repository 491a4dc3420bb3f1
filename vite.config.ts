import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import agents from 'agents/vite'
import { defineConfig, type Plugin } from 'vite'

provideNodeCompat()
const { cloudflare } = await import('@cloudflare/vite-plugin')
const { redwood } = await import('rwsdk/vite')

export default defineConfig({
  // A font that stood in a stylesheet would be one that the pages' policy does not know.
  build: { assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined) },
  environments: {
    // The Agents SDK finds a class by its name: minified, it would be somebody else after every build.
    worker: { build: { rolldownOptions: { output: { keepNames: true } } } },
    ssr: {},
  },
  plugins: [
    agents(),
    onlyInBrowsers(),
    newestFontsOnly(),
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

/** What browsers load in the place of a package: of `entities` they have the table themselves, of `capnweb` the agents lane uses nothing. */
const IN_BROWSERS: Readonly<Record<string, string>> = {
  entities: 'src/ui/parts/markdown/entities-in-browser.ts',
  capnweb: 'src/lanes/agents/without-capnweb.ts',
}

function onlyInBrowsers(): Plugin {
  return {
    name: 'only-in-browsers',
    enforce: 'pre',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId(id) {
      const path = IN_BROWSERS[id]
      return path && resolve(import.meta.dirname, path)
    },
  }
}

/** Every browser that runs this reads WOFF2: of KaTeX's sixty files of fonts twenty are enough. */
function newestFontsOnly(): Plugin {
  return {
    name: 'newest-fonts-only',
    enforce: 'pre',
    transform: (code, id) =>
      id.includes('/katex/dist/katex.min.css') ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) ?format\("(?:woff|truetype)"\)/g, '') : undefined,
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
