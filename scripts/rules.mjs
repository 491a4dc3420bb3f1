// Which rule is proven by which kind of test: reads the ids with which the names of tests and their groups begin, and writes the table at the end of
// docs/rules.md. With --check it writes nothing and fails when the table is old, a rule has no test, or a test names no rule.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const RULES = join(ROOT, 'docs/rules.md')
const HEADING = '## What is proven where'
const KINDS = {
  unit: 'src',
  workerd: 'tests/workerd',
  contract: 'tests/lane-contract',
  running: 'tests/running',
  browser: 'tests/e2e',
  releases: 'tests/releases',
  fuzz: 'tests/fuzz',
  attack: 'tests/attack',
  text: 'tests/text',
}

const text = readFileSync(RULES, 'utf8')
const rules = [...text.matchAll(/^- \*\*([LR]\d+)\b/gm)].map(([, id]) => id)
const found = Object.fromEntries(Object.entries(KINDS).map(([kind, folder]) => [kind, idsIn(join(ROOT, folder))]))
const problems = [
  ...rules.filter((id) => Object.values(found).every((ids) => !ids.has(id))).map((id) => `no test names ${id}`),
  ...Object.entries(found).flatMap(([kind, ids]) =>
    [...ids.keys()].filter((id) => !rules.includes(id)).map((id) => `a ${kind} test names ${id}, which is no rule`),
  ),
]
const updated = `${text.split(`\n${HEADING}`)[0].trimEnd()}\n\n${HEADING}\n\nHow many tests of each kind carry a rule's id. Written by \`node scripts/rules.mjs && npm run format\`.\n\n${table()}\n`
if (!process.argv.includes('--check')) writeFileSync(RULES, updated)
else if (words(updated) !== words(text)) problems.push('the table in docs/rules.md is old: run node scripts/rules.mjs && npm run format')
for (const problem of problems) console.error(problem)
process.exit(problems.length === 0 ? 0 : 1)

/** The formatter pads tables as it likes. */
function words(page) {
  return page.replace(/[\s-]+/g, ' ')
}

function idsIn(folder) {
  const counts = new Map()
  for (const name of filesIn(folder)) {
    for (const [, ids] of readFileSync(join(folder, name), 'utf8').matchAll(/['"`]((?:\[[LR]\d+\] ?)+)/g)) {
      for (const [, id] of ids.matchAll(/\[([LR]\d+)\]/g)) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
  }
  return counts
}

function filesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true }).filter((name) => /\.test\.tsx?$/.test(name))
  } catch {
    return []
  }
}

function table() {
  const kinds = Object.keys(KINDS)
  const rows = rules.map((id) => [id, ...kinds.map((kind) => found[kind].get(id) ?? '')])
  return [['rule', ...kinds], ['---', ...kinds.map(() => '---:')], ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
