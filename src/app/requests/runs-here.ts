// Whether Parley runs on a machine of somebody's own, as our scripts start it, and not on Cloudflare, where "this machine" is nobody's.

/** Our scripts, and nobody else, say under which names the machine is reached. */
export function runsHere(env: Pick<Env, 'HOSTS'>): boolean {
  return (env.HOSTS ?? '').trim() !== ''
}
