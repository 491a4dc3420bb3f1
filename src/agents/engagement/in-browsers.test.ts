import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

/** All that a module loads when it is loaded, itself included; the names of packages as they are written. What is only a type is not loaded. */
function loadedBy(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known
  known.add(file)
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )(?:[^'"=]* from )?['"]([^'"]+)['"]/gm)) {
    if (!from.startsWith('.')) known.add(from)
    else
      for (const ending of ['.ts', '.tsx', ''])
        if (existsSync(`${join(dirname(file), from)}${ending}`)) loadedBy(`${join(dirname(file), from)}${ending}`, known)
  }
  return known
}

const here = import.meta.dirname
const engagement = ['engagement.ts', 'called.ts', 'chain.ts', 'follow.ts', 'rehearsal.ts'].map((file) => join(here, file))
const queue = ['rights.ts', 'row.ts', 'orders.ts', 'steer.ts', 'take.ts', 'enqueue.ts'].map((file) => join(here, '../queue', file))

test.each(
  [...engagement, ...queue, resolve(here, '../../conversation/agent-profile.ts'), resolve(here, '../templates/templates.ts')].map(
    (file) => [file.split('/src/')[1], file] as const,
  ),
)('[R120] %s loads nothing that is not for browsers', (_name, file) => {
  const loaded = [...loadedBy(file ?? '')]
  expect(loaded.filter((name) => !name.startsWith('/'))).toEqual([])
  expect(loaded.filter((name) => /skeleton|looks\.ts$|price/.test(name))).toEqual([])
})

test('[R120] where a package is loaded, this finds it', () => {
  expect([...loadedBy(resolve(here, '../typed-mentions.ts'))]).toContain('unhomoglyph/data.json')
})
