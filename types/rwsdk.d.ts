import type { AppContext } from '../src/app/context'

declare module 'rwsdk/worker' {
  interface DefaultAppContext extends AppContext {}
}
