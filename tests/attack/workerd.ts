// What the server's workerd takes of the machine: memory and time. Only Linux tells.
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel counts CPU time in ticks of a hundredth of a second. */
const MS_PER_CLOCK_TICK = 10

/** Resident bytes of the workerd that this server process started; null where the system does not tell. */
export function residentBytes(serverPid: number): number | null {
  const line = /VmRSS:\s+(\d+) kB/.exec(read(`/proc/${workerdOf(serverPid)}/status`) ?? '')
  return line ? Number(line[1]) * 1024 : null
}

/** CPU that it has used so far, ms, however busy the machine is with something else; by the clock where the system does not tell. */
export function spentBy(serverPid: number): number {
  const fields = fieldsOf(workerdOf(serverPid))
  return fields ? (Number(fields[11]) + Number(fields[12])) * MS_PER_CLOCK_TICK : performance.now()
}

function workerdOf(serverPid: number): number | undefined {
  return childrenOf(serverPid).find((pid) => read(`/proc/${pid}/cmdline`)?.includes('workerd'))
}

/** Every process of this one's group. */
function childrenOf(leader: number): readonly number[] {
  const all = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  return all.filter((pid) => groupOf(pid) === leader)
}

function groupOf(pid: number): number {
  return Number(fieldsOf(pid)?.[2])
}

/** `stat` from its third field on; the second, a name in parentheses, may hold spaces. Null for a process that is gone, or was never known. */
function fieldsOf(pid: number | undefined): readonly string[] | null {
  const stat = pid === undefined ? null : read(`/proc/${pid}/stat`)
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    // Not Linux.
    return []
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
