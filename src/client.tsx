// Browser entry.
import { createFromReadableStream } from 'react-server-dom-webpack/client.browser'
import { initClient, initClientNavigation } from 'rwsdk/client'
import { setBrowserDecoder } from './lanes/rsc/decoder'

// The rsc lane's decoder may be imported by this file only: from a 'use client' file it breaks a cold dev server.
setBrowserDecoder((stream) => createFromReadableStream(stream))

const { handleResponse, onHydrated } = initClientNavigation()
// A tab that stays open across a deploy asks for modules that are gone: it reloads when nobody loses a draft.
void initClient({ handleResponse, onHydrated, onModuleNotFound: 'reloadWhenReady' })
