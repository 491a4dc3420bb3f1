// `npm run bench`: builds Parley and the benchmark, and runs it. Takes about ten minutes; `-- --quick` about four.
import { runBuilt } from './run-built.mjs'

await runBuilt('bench/main.ts', 'bench', process.argv.slice(2))
