// `npm run fixture`: makes the data directory of this release that every later release must open (tests/releases).
import { runBuilt } from './run-built.mjs'

await runBuilt('tests/releases/make.ts', 'fixture')
