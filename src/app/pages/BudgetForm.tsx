// What a room's agents may take: its owner's form, and the same to read for everybody else. It works without scripts.
import { BUDGET_LABELS, type BudgetField, type Budgets } from '../../conversation/budgets'
import type { Visit } from '../../room/surface'
import { Button } from '../../ui/basics/Button'
import { Counted } from '../../ui/basics/Counted'
import { Field } from '../../ui/basics/Field'
import { costsPath } from '../directory/places'
import type { CostsPageProps } from './room-costs'

const FIELDS = Object.keys(BUDGET_LABELS) as readonly BudgetField[]

const HINTS: Readonly<Record<BudgetField, string>> = {
  person: 'What one person asks for here: what agents read and say for them.',
  room: 'The same of everybody here together.',
  turn: 'What one answer may say and think. What it reads is not counted.',
}

interface BudgetFormProps extends Pick<CostsPageProps, 'typed' | 'faults' | 'refusal'> {
  readonly room: Visit['room']
  readonly budgets: Budgets
}

export function BudgetForm({ room, budgets, typed, faults, refusal }: BudgetFormProps) {
  return (
    <section aria-labelledby="budgets" className="border-t border-line pt-4">
      <h2 id="budgets" className="font-medium text-ink">
        Budgets
      </h2>
      {room.isOwner ? (
        <form method="post" action={costsPath(room.id)} className="mt-3 flex flex-col gap-5">
          {refusal ? (
            <p role="alert" className="text-sm text-danger">
              {refusal.message}
            </p>
          ) : null}
          {FIELDS.map((field) => (
            <Field
              key={field}
              label={BUDGET_LABELS[field]}
              id={field}
              name={field}
              inputMode="numeric"
              autoComplete="off"
              maxLength={100}
              placeholder="No budget"
              defaultValue={typed[field]}
              hint={HINTS[field]}
              {...(faults[field] === undefined ? {} : { error: faults[field] })}
            />
          ))}
          <p className="text-sm text-muted">
            An empty field is no budget of this room. The limits of this Parley hold beside it: whichever is used up first refuses.
          </p>
          <Button type="submit" variant="primary" className="self-start">
            Save budgets
          </Button>
        </form>
      ) : (
        <Told budgets={budgets} />
      )}
    </section>
  )
}

function Told({ budgets }: { readonly budgets: Budgets }) {
  return (
    <>
      <dl className="mt-1 flex flex-col gap-0.5 text-sm text-ink">
        {FIELDS.map((field) => {
          const tokens = budgets[field]
          return (
            <div key={field} className="flex flex-wrap justify-between gap-x-4">
              <dt>{BUDGET_LABELS[field]}</dt>
              <dd>{tokens === null ? 'no budget' : <Counted count={tokens} />}</dd>
            </div>
          )
        })}
      </dl>
      <p className="mt-1 text-sm text-muted">The owner of this room sets them.</p>
    </>
  )
}
