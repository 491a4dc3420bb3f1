// The addresses of Parley.
import { render, route } from 'rwsdk/router'
import { postRename, postSignIn, postSignOut } from './forms/account-forms'
import { callServerFunction, refuseServerFunction } from './requests/call-server-function'
import { refuseForeign } from './requests/refuse-foreign'
import { setContext } from './requests/context'
import { limitAddress, limitPerson } from './requests/limit-requests'
import { Document } from './Document'
import { setHeaders } from './requests/headers'
import { newRoomPage, postRoom } from './forms/room-forms'
import { frontPage, joinRoom, lobbyIn, notFound, roomInAllLanes, roomInLane, roomInLastLane } from './pages/room-pages'
import { membersOfRoom, postRemoval, whoIsHere } from './pages/room-members'
import { openSocket } from './requests/socket'

// A handler answers with an element or a Response, and holds no JSX of its own: rwsdk would take it for a component,
// and send the status before the handler had chosen it.
export const routes = [
  route('/rooms/:room/:lane/socket', [limitAddress, refuseServerFunction, openSocket]),
  limitAddress,
  setHeaders,
  refuseForeign,
  setContext,
  limitPerson,
  render(Document, [
    callServerFunction,
    route('/', frontPage),
    route('/sign-in', { get: frontPage, post: postSignIn }),
    route('/sign-out', { get: frontPage, post: postSignOut }),
    route('/rename', { get: frontPage, post: postRename }),
    route('/rooms', { get: newRoomPage, post: postRoom }),
    route('/rooms/:room', roomInLastLane),
    route('/rooms/:room/members', { get: membersOfRoom, post: postRemoval }),
    route('/rooms/:room/here', whoIsHere),
    route('/rooms/:room/compare', roomInAllLanes),
    route('/rooms/:room/:lane', roomInLane),
    route('/join/:room/:code', joinRoom),
    route('/chat-rsc', lobbyIn('rsc')),
    route('/chat-agent', lobbyIn('agents')),
    route('/chat-tinybase', lobbyIn('tinybase')),
    route('*', notFound),
  ]),
]
