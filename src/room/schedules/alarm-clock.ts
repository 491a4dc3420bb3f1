// When a room that sleeps is woken for its schedules. The object has one alarm, which several needs share: the Agents SDK keeps who wants
// it when, and this is one of them. Invariant: once it has settled, the SDK holds one wish of ours, for the moment that was asked for
// last, or none.
import type { Agent } from 'agents'

type Sdk = Pick<Agent<Env>, 'schedule' | 'cancelSchedule' | 'listSchedules'>

export class AlarmClock {
  private readonly sdk: Sdk
  private readonly callback: string
  private wanted: number | null | undefined
  private settled: Promise<void> = Promise.resolve()

  /** `callback`: the object's method that is called then. */
  constructor(sdk: Sdk, callback: string) {
    this.sdk = sdk
    this.callback = callback
  }

  /** Ms since 1970, by the runtime's clock; null for never. Resolves when it is kept. */
  set(moment: number | null): Promise<void> {
    // The SDK's alarms ring at whole seconds: not before it is time.
    const second = moment === null ? null : Math.ceil(moment / 1_000)
    if (this.wanted === second) return this.settled
    this.wanted = second
    this.settled = this.settled
      .then(() => this.keep())
      .catch((cause: unknown) => {
        this.wanted = undefined
        console.error('a room could not set its alarm', cause)
      })
    return this.settled
  }

  private async keep(): Promise<void> {
    const { wanted, callback } = this
    const known = (await this.sdk.listSchedules()).filter((one) => one.callback === callback)
    // The new one first: at no moment is there none.
    if (typeof wanted === 'number' && !known.some(({ time }) => time === wanted))
      await this.sdk.schedule(new Date(wanted * 1_000), callback as never, { at: wanted }, { idempotent: true })
    for (const { id, time } of known) if (time !== wanted) await this.sdk.cancelSchedule(id)
  }
}
