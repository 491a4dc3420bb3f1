// What a build still lacks when Vite is done: the scripts that each script will ask for, told to the worker, so that a page
// can name them all at once; and the browser's files compressed, beside themselves, for `npm start`.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** Smaller files gain nothing, bytes. */
const WORTH_IT = 512

/** @param {string} dist where the build is */
export function finishBuild(dist) {
  tellPreloads(dist)
  compressFiles(dist)
}

/** In `src/app/opening/preloads.ts` it is a text to be replaced by this one; written so that it holds no quotation mark. */
function tellPreloads(dist) {
  const manifest = JSON.parse(readFileSync(join(dist, 'client/.vite/manifest.json'), 'utf8'))
  const closure = (key, found = new Set()) => {
    for (const imported of manifest[key].imports ?? []) {
      if (found.has(imported)) continue
      found.add(imported)
      closure(imported, found)
    }
    return found
  }
  const scripts = Object.keys(manifest).filter((key) => manifest[key].isEntry || manifest[key].isDynamicEntry)
  const preloads = scripts.map((key) => [`/${manifest[key].file}`, [key, ...closure(key)].map((other) => `/${manifest[other].file}`)])
  const path = join(dist, 'worker/index.js')
  const worker = readFileSync(path, 'utf8')
  if (!worker.includes('PARLEY_PRELOADS')) throw new Error('the worker has no place for its preloads')
  writeFileSync(path, worker.replace('PARLEY_PRELOADS', encodeURIComponent(JSON.stringify(Object.fromEntries(preloads))).replaceAll("'", '%27')))
}

function compressFiles(dist) {
  const files = join(dist, 'files')
  rmSync(files, { recursive: true, force: true })
  cpSync(join(dist, 'client'), files, { recursive: true })
  for (const name of readdirSync(join(files, 'assets'))) {
    if (!/\.(?:js|css|svg)$/.test(name)) continue
    const path = join(files, 'assets', name)
    const bytes = readFileSync(path)
    if (bytes.length < WORTH_IT) continue
    writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  }
}
