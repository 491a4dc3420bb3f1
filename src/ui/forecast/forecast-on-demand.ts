// The rules of engagement, for whoever is about to write: nothing of a page needs them before it can be used, and a server foretells nothing.
import { onDemand } from '../parts/on-demand'

export const { load: loadForecast, use: useForecasting } = onDemand(null, async () => (await import('./forecast')).forecast)
