// What the guide knows by heart.
import type { Means } from './means'
import { inert } from './quote'

export function abilities({ others: [other] }: Pick<Means, 'others'>): string {
  return `Here is what I can do. Each of these can be written as it stands:

- **search this room**: "search for deploy"
- **remember** for everybody here: "remember that we meet on Tuesdays", "what do you remember?"
- **do it later**: "every weekday at 9, what did I miss?", "in 2 minutes, count to 5", "what is planned?"
- **read a page**, once whoever asked has approved it: "read https://www.example.com"
- **ask another agent**: ${other ? `"ask ${inert(other.name)} about deploy"` : 'the page "Agents" in the menu of the room adds Scout, and then "ask Scout about deploy"'}
- **look and count**: "what did I miss?", "who is here?", "what time is it?", "what is (3 + 4) * 12.5?"
- **explain**: "what is Parley?", "what are the lanes?", "how do I connect a model?"
- **talk for a while**, to try out streaming: "tell me a long story", "count to 50", "write 300 words"`
}

export const WHO_I_AM = `I am Parley's built-in guide. I am a small program and **not a language model**: I look things up in this room, with the same tools that a model would use, know a few answers by heart, and say so when I cannot help. What I looked up, and how, stands above my answer. Once this server is connected to a language model, the model answers in my place. Ask "how do I connect a model?" to see how.`

export const ABOUT_PARLEY = `**Parley** is a chat for many people and AI together. Everybody in a room sees the same conversation, and every reply appears for all of them while it is being written.

- A room has agents of its own, up to twelve; the link "Agents" in the room's menu shows them, and its owner changes them there.
- When one answers is decided by rules. \`@\` and its name, or a reply to something it said, always reach it. Otherwise it depends on how it is set: in a new room Parley also answers who is alone with it and who goes on with what it said; in the lobby, everything that is not said to somebody else.
- Agents use tools: they search the room, remember for it, read pages, do things later and ask each other. What they call is shown above their words; what acts outside the room waits for whoever asked to approve it.
- Every answer says why it is there. Where a rule held an agent back, the message says so, with a button to ask it. What waits has a place in a queue that everybody sees.
- Anybody may press **Stop** to end a reply, and **Retry** to ask for one again.
- Closing the page ends nothing: a reply is written to its end, and what you missed is there when you return.
- The same room can be reached through three *lanes*. Ask me "what are the lanes?"`

export const ABOUT_LANES = `A **lane** is a way for a room to reach your browser. There are three, built on three different sync engines, and all of them show the same room at the same time:

| lane | what travels | built on |
| --- | --- | --- |
| \`rsc\` | rows of server-rendered React | RedwoodSDK and React Server Components |
| \`agents\` | JSON events and pieces of text | Cloudflare Agents SDK |
| \`tinybase\` | a merged store that your browser keeps too | TinyBase |

Put the lane's name after a room's address to choose one, such as \`/rooms/lobby/tinybase\`.`

export const ABOUT_MODELS = `Whoever owns this instance can connect one on the page \`/instance\`: OpenAI, Anthropic, Workers AI, or any address that speaks as OpenAI does. Each agent may then have a model of its own.

Or set these variables where Parley runs (\`.env\` or \`.dev.vars\` on one machine, secrets on Cloudflare) and start it again:

- **Ollama**: \`MODEL=openai:llama3.2\` and \`OPENAI_BASE_URL=http://localhost:11434/v1\` (llama.cpp, LM Studio and vLLM work the same way)
- **OpenAI**: \`OPENAI_API_KEY=…\`, and \`MODEL=openai:gpt-5-mini\` to choose the model
- **Anthropic**: \`ANTHROPIC_API_KEY=…\`, and \`MODEL=anthropic:claude-haiku-5-5\` to choose the model
- **Workers AI**: \`MODEL=workers-ai:@cf/meta/llama-3.3-70b-instruct-fp8-fast\` with \`CLOUDFLARE_ACCOUNT_ID=…\` and \`CLOUDFLARE_API_TOKEN=…\`

Never post a key in a room: everybody here would read it. With nothing set or connected, I answer, the built-in guide.`
