// Whether a message stands in the page's HTML as plain words: a page has only so much for markup, and the oldest go without.
import { createContext } from 'react'

/** Of the row around. Scripts show the markup once they have taken the page over. */
export const PlainWordsContext = createContext(false)
