// Says in two letters that no human wrote this.

export function AgentBadge() {
  return <span className="agent-badge">AI</span>
}
