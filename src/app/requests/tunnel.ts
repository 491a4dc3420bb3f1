// `CONNECT`, with which a client asks a proxy for a tunnel. Parley is none; without an answer here the runtime would make it
// a 500. That a tunnel was opened (200) the runtime says by itself, before it asks; nothing goes through it.

/** Says so in words, and ends the connection. */
export async function refuseTunnel(socket: Socket): Promise<void> {
  const writer = socket.writable.getWriter()
  await writer.write(new TextEncoder().encode('Parley is no proxy.\n'))
  await writer.close()
  await socket.close()
}
