// `npm start`: from a fresh clone to a running Parley. Only this file and what it imports run on the Node that is
// there (18 or newer); everything after the installation runs on the Node that package.json pins.
var major = Number(process.versions.node.split('.')[0])
if (major < 18) {
  console.error('Parley needs Node 18 or newer to install itself; this is Node ' + process.versions.node + '.')
  process.exit(1)
}

const { fail } = await import('./failure.mjs')
const { install } = await import('./install.mjs')
const { buildWithPinnedNode, launch } = await import('./launch.mjs')

try {
  await install()
  await buildWithPinnedNode()
  await launch()
} catch (error) {
  fail(error)
}
