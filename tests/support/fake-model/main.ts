// Runs the fake model by itself: node tests/support/fake-model/main.ts --port 9191
import { parseArgs } from 'node:util'
import { startFakeModel } from './server.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '9191' }, host: { type: 'string', default: '127.0.0.1' } } })
const fake = await startFakeModel({ port: Number(values.port), host: values.host })
console.log(`fake model ready at ${fake.url}`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fake.close())
