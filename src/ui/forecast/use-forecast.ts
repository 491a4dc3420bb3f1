'use client'
// The forecast of the room on the screen, for what stands in the box. A new one only when it says something else, however often
// a reply grows meanwhile.
import { createContext, useContext, useDeferredValue, useEffect, useSyncExternalStore } from 'react'
import type { RoomState, RowKey } from '../../conversation/room-client'
import { serverTime } from '../basics/server-clock'
import type { Forecast, Saying, Speaker } from './forecast'
import { loadForecast, useForecasting } from './forecast-on-demand'

export interface ForecastSource {
  readonly client: { getState(): RoomState<RowKey>; subscribe(listener: () => void): () => void }
  readonly speaker: Speaker
}

/** Null outside of a room. */
export const ForecastContext = createContext<ForecastSource | null>(null)

/** Null before scripts run and the rules have come, and where no room is. */
export function useForecast({ text, replyTo }: Saying): Forecast | null {
  const source = useContext(ForecastContext)
  const said = useDeferredValue(text)
  const forecast = useForecasting(false)
  useEffect(() => void loadForecast(), [])
  const told = useSyncExternalStore(
    source?.client.subscribe.bind(source.client) ?? never,
    () => (source && forecast ? same(forecast(source.client.getState(), source.speaker, { text: said, replyTo }, serverTime() ?? Date.now())) : null),
    () => null,
  )
  return told
}

const never = () => () => {}

const kept = { said: '', forecast: null as Forecast | null }

/** The same object for the same forecast. */
function same(made: Forecast): Forecast {
  const said = JSON.stringify(made)
  if (kept.forecast && kept.said === said) return kept.forecast
  kept.said = said
  kept.forecast = made
  return made
}
