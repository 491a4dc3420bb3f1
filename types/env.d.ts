// What the worker is given: bindings from wrangler.jsonc, variables from the environment.
/// <reference types="@cloudflare/workers-types" />
/// <reference types="vite/client" />

declare namespace Cloudflare {
  interface Env extends Readonly<import('../src/limits/limit-settings').LimitEnvironment> {
    readonly ASSETS: Fetcher
    readonly DB: D1Database
    readonly ROOM: DurableObjectNamespace<import('../src/parley-room').ParleyRoom>
    /** Missing on Cloudflare until `npm run deploy` has given one. */
    readonly BETTER_AUTH_SECRET?: string
    /** One for the whole instance. */
    readonly LEDGER: DurableObjectNamespace<import('../src/limits/Ledger').Ledger>
    /** Set by `npm run claim -- --deployed`: with it, links to `/claim/…` are signed that no one else can make. */
    readonly CLAIM_KEY?: string
    /** Where people reach Parley when a proxy in front of it answers at another address, e.g. https://chat.example. */
    readonly PUBLIC_URL?: string
    /** Set by our scripts: the names under which this machine is reached, without ports, separated by spaces. */
    readonly HOSTS?: string
    /** Proxies whose X-Forwarded-For counts: 1 for one on this machine, or addresses and ranges. */
    readonly TRUST_PROXY?: string
    /** Set by `npm start`: nothing between it and the browser compresses. */
    readonly COMPRESS_PAGES?: string
    /** Set by `npm start`: every request says who holds the other end of its socket, and one that does not came by a way that is not ours. */
    readonly DIRECT_SOCKETS?: string
    /** Set by `npm start`: the way out for addresses that people and models choose. It knows the public internet only. */
    readonly OUTSIDE?: Fetcher
    /** 1: agents may use servers and pages on this machine. For its developer. */
    readonly ALLOW_LOOPBACK?: string
    readonly MODEL?: string
    /** The longest answer, in tokens. */
    readonly MODEL_MAX_OUTPUT_TOKENS?: string
    /** How long a model may take to begin, in seconds. */
    readonly MODEL_PATIENCE?: string
    /** How long all of an answer may take, in seconds. */
    readonly MODEL_MAX_SECONDS?: string
    /** Set by `npm start`: the models that it found on this machine, as JSON. */
    readonly FOUND_MODELS?: string
    readonly OPENAI_API_KEY?: string
    readonly OPENAI_BASE_URL?: string
    readonly ANTHROPIC_API_KEY?: string
    readonly ANTHROPIC_BASE_URL?: string
    readonly CLOUDFLARE_ACCOUNT_ID?: string
    readonly CLOUDFLARE_API_TOKEN?: string
  }
}

interface Env extends Cloudflare.Env {}
