// What a room's agents took, by day, person, agent and model, and what they may take: everybody in it may see that, its owner sets it.
import { buttonClass } from '../../ui/basics/Button'
import { Card } from '../../ui/basics/Card'
import { Counted } from '../../ui/basics/Counted'
import { isolated } from '../../ui/basics/language'
import { moneyOf } from '../../ui/basics/money'
import type { Spending } from '../../conversation/usage'
import { roomPath } from '../directory/places'
import { AllowanceList } from './AllowanceList'
import { BudgetForm } from './BudgetForm'
import { CostTable } from './CostTable'
import { DaysChart } from './DaysChart'
import type { CostsPageProps } from './room-costs'

export function CostsPage({ room, costs, budgets, allowance, typed, faults, refusal }: CostsPageProps) {
  const { today, month, people, agents, models, days, todayAt } = costs
  return (
    <Card isWide title={`Costs of ${isolated(room.name)}`} lead="What agents read and said here. Days and months are UTC.">
      <title>{`Costs · ${room.name} · Parley`}</title>
      <dl className="grid gap-3 sm:grid-cols-2">
        <Sum title="Today" spent={today} />
        <Sum title="This month" spent={month} />
      </dl>
      {month.turns === 0 && days.length === 0 ? <p className="text-muted">No agent has said anything here since that is counted.</p> : null}
      {days.length > 0 ? <DaysChart days={days} todayAt={todayAt} /> : null}
      <CostTable title="By person" lines={people} of="person" />
      <CostTable title="By agent" lines={agents} of="agent" />
      <CostTable title="By model" lines={models} of="model" />
      <AllowanceList allowance={allowance} />
      <BudgetForm room={room} budgets={budgets} typed={typed} faults={faults} refusal={refusal} />
      <a href={roomPath(room.id)} className={buttonClass('primary')}>
        Back to <bdi>{room.name}</bdi>
      </a>
    </Card>
  )
}

function Sum({ title, spent }: { readonly title: string; readonly spent: Spending }) {
  const { input, output, cached, reasoning, turns } = spent
  return (
    <div className="rounded-xl bg-paper px-4 py-3">
      <dt className="text-sm text-muted">{title}</dt>
      <dd className="text-ink">
        <p className="text-lg font-semibold tabular-nums">
          <Counted count={input + output} what="token" />
        </p>
        <p className="text-sm text-muted">
          <Counted count={input} /> in
          {cached > 0 ? (
            <>
              {' '}
              (<Counted count={cached} /> cached)
            </>
          ) : null}
          , <Counted count={output} /> out
          {reasoning > 0 ? (
            <>
              {' '}
              (<Counted count={reasoning} /> thinking)
            </>
          ) : null}
        </p>
        <p className="text-sm text-muted">
          <Counted count={turns} what="answer" />
          {turns === 0 ? null : <>; money: {moneyOf(spent)}</>}
        </p>
      </dd>
    </div>
  )
}
