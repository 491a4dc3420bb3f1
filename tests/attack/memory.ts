// How much memory the server's workerd holds.
import { readdirSync, readFileSync } from 'node:fs'

/** Resident bytes of the workerd that this server process started; null where the system does not tell. */
export function residentBytes(serverPid: number): number | null {
  const workerd = childrenOf(serverPid).find((pid) => read(`/proc/${pid}/cmdline`)?.includes('workerd'))
  const line = workerd === undefined ? undefined : /VmRSS:\s+(\d+) kB/.exec(read(`/proc/${workerd}/status`) ?? '')
  return line ? Number(line[1]) * 1024 : null
}

/** Every process of this one's group. */
function childrenOf(leader: number): readonly number[] {
  const all = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return all.filter((pid) => groupOf(pid) === leader)
}

/** The fifth field of `stat`; the second, a name in parentheses, may hold spaces. */
function groupOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`) ?? ''
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    // Not Linux.
    return []
  }
}

/** Null for a process that is gone by now. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
