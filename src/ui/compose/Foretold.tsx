// Above the box, beside who is typing: who will answer. Its place is always there, so that nothing jumps; read aloud only when it
// says something else.
import type { Forecast, Spent } from '../forecast/forecast'
import { forecastInWords } from '../forecast/forecast-words'

interface ForetoldProps {
  readonly forecast: Forecast | null
  /** Whose day is over: a promise would be a lie. */
  readonly spent: Spent | null
}

export function Foretold({ forecast, spent }: ForetoldProps) {
  return (
    <p className="foretold" data-part="forecast" aria-live="polite">
      {forecast ? forecastInWords(forecast, spent) : null}
    </p>
  )
}
