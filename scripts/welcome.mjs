// What `npm start` says when Parley is ready: where to open it, who else can, and which model answers.

/** @param {{ url: string, port: number, open: string[], publicUrl?: string, model: string, loopback?: boolean }} of `open`: see hosts.mjs */
export function welcome({ url, port, open, publicUrl, model, loopback = false }) {
  const lines = publicUrl ? [`Parley is ready: ${new URL(publicUrl).origin}`, `Listening at: ${url}`] : [`Parley is ready: ${url}`]
  if (open.length > 0 && !publicUrl) lines.push(`Others open: ${open.map((name) => `http://${name}:${port}`).join(', ')}`)
  lines.push(`Model: ${model}`)
  if (loopback) lines.push('ALLOW_LOOPBACK=1: agents may use servers and pages on this machine. For developing only')
  if (open.length === 0 && !publicUrl) lines.push('Only this machine can open it. To let others in, start it with HOST=0.0.0.0')
  return `\n${lines.join('\n')}\n`
}
