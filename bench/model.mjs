// The model of the benchmark: an OpenAI-compatible server in a process of its own, which speaks on schedule and notes
// when it said each token. Started with its replies as its argument, by the words that ask for each; tells its parent its
// port, and after each answer the times.
import { createServer } from 'node:http'

const replies = JSON.parse(process.argv[2] ?? '{}')
const now = () => performance.timeOrigin + performance.now()

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (piece) => (body += piece))
  request.on('end', () => void speak(response, replyTo(JSON.parse(body).messages)))
})

/** The one whose words were said last; the floor says none. */
function replyTo(messages = []) {
  const asked = JSON.stringify(messages.at(-1) ?? '')
  return replies[Object.keys(replies).findLast((words) => asked.includes(words))] ?? replies['']
}

async function speak(response, { tokens, everyMs }) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const begun = now()
  const said = []
  for (const [at, token] of tokens.entries()) {
    const wait = begun + at * everyMs - now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    said.push(now())
    response.write(chunk({ role: 'assistant', content: token }, null))
  }
  response.write(chunk({}, 'stop'))
  response.end('data: [DONE]\n\n')
  process.send({ said })
}

function chunk(delta, finish) {
  return `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', created: 0, model: 'bench', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
}

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
