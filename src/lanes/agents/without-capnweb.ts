// What the Agents SDK's client imports of Cap'n Web for a transport that this lane does not use: 11 kB on the wire without
// this. vite.config.ts puts it in the place of `capnweb` in what browsers load.

export const RpcTarget = Object

export function newWebSocketRpcSession(): never {
  throw new Error('the agents lane talks JSON: Cap’n Web is not in this build')
}
