import type { AppContext } from '../src/app/requests/context'

declare module 'rwsdk/worker' {
  interface DefaultAppContext extends AppContext {}
}
