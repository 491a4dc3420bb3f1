// What the guide knows by heart.

export const ABILITIES = `Here is what I can do:

- **search this room**: "search for deploy"
- **sum up what you missed**: "what did I miss?"
- **tell the time**: "what time is it?"
- **calculate**: "what is (3 + 4) * 12.5?"
- **explain**: "what is Parley?", "what are the lanes?", "how do I connect a model?"
- **talk for a while**, to try out streaming: "tell me a long story", "count to 50", "write 300 words"`

export const WHO_I_AM = `I am Parley's built-in guide. I am a small program and **not a language model**: I look things up in this room and know a few answers by heart, and I say so when I cannot help. Once this server is connected to a language model, the model answers in my place. Ask "how do I connect a model?" to see how.`

export const ABOUT_PARLEY = `**Parley** is a chat for many people and AI together. Everybody in a room sees the same conversation, and every reply appears for all of them while it is being written.

- A message that names nobody is answered by the room's AI. Mention it with \`@Parley\` anywhere, or begin with \`@\` and a person's name to speak with that person only.
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

export const ABOUT_MODELS = `Set these variables where Parley runs (\`.env\` or \`.dev.vars\` on one machine, secrets on Cloudflare) and start it again:

- **Ollama**: \`MODEL=openai:llama3.2\` and \`OPENAI_BASE_URL=http://localhost:11434/v1\` (llama.cpp, LM Studio and vLLM work the same way)
- **OpenAI**: \`OPENAI_API_KEY=…\`, and \`MODEL=openai:gpt-5-mini\` to choose the model
- **Anthropic**: \`ANTHROPIC_API_KEY=…\`, and \`MODEL=anthropic:claude-haiku-5-5\` to choose the model
- **Workers AI**: \`MODEL=workers-ai:@cf/meta/llama-3.3-70b-instruct-fp8-fast\` with \`CLOUDFLARE_ACCOUNT_ID=…\` and \`CLOUDFLARE_API_TOKEN=…\`

Never post a key in a room: everybody here would read it. With nothing set, I answer, the built-in guide.`
