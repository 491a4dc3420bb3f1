// `node scripts/pinned.mjs NAME`: installs what is missing and runs that script on the Node that package.json pins.
var major = Number(process.versions.node.split('.')[0])
if (major < 18) {
  console.error('Parley needs Node 18 or newer to install itself; this is Node ' + process.versions.node + '.')
  process.exit(1)
}

const { spawn } = await import('node:child_process')
const { fileURLToPath } = await import('node:url')
const { fail, Failure } = await import('./failure.mjs')
const { install, PINNED_NODE } = await import('./install.mjs')

try {
  const [name, ...args] = process.argv.slice(2)
  // Without a name it would run itself, for ever.
  if (!name) fail(new Failure('Which script? For instance: node scripts/pinned.mjs build.mjs'))
  await install()
  const child = spawn(PINNED_NODE, [fileURLToPath(new URL(name, import.meta.url)), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
} catch (error) {
  fail(error)
}
