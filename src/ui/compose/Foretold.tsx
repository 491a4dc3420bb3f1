// Above the box, beside who is typing: who will answer. Its place is always there, so that nothing jumps; read aloud only when it
// says something else.
import type { Forecast } from '../forecast/forecast'
import { forecastInWords } from '../forecast/forecast-words'

export function Foretold({ forecast }: { readonly forecast: Forecast | null }) {
  return (
    <p className="foretold" data-part="forecast" aria-live="polite">
      {forecast ? forecastInWords(forecast) : null}
    </p>
  )
}
