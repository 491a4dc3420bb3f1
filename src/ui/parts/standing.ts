// How the words of a row stand in the page's HTML, which the server wrote before any script ran.
import { createContext } from 'react'

/**
 * `marked`: as their Markdown means them; what can read it is waited for, and the row stays as the server wrote it.
 * `plain`: as they were typed, because a page has only so much for markup and the oldest rows go without; scripts show
 * the markup once they have taken the page over, and only what draws its tools is waited for. `nowhere`: the row came later.
 */
export type Standing = 'marked' | 'plain' | 'nowhere'

/** Of the row around. */
export const StandingContext = createContext<Standing>('nowhere')
