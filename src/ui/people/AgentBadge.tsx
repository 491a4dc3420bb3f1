// Says in two letters that no human wrote this.

export function AgentBadge() {
  return <span className="rounded bg-agent-soft px-1.5 py-px text-[0.6875rem] leading-4 font-semibold tracking-wide text-agent">AI</span>
}
