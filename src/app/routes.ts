// The addresses of Parley.
import { CALLBACK_PATH, DOCUMENT_PATH } from '../agents/servers/sign-in/client-metadata'
import { except, render, route } from 'rwsdk/router'
import { postRename, postSignIn, postSignOut } from './forms/account-forms'
import { callServerFunction, refuseServerFunction } from './requests/call-server-function'
import { diagramFrame } from './requests/diagram-frame'
import { refuseForeign } from './requests/refuse-foreign'
import { setContext } from './requests/context'
import { limitAddress, limitPerson } from './requests/limit-requests'
import { Document } from './Document'
import { setHeaders } from './requests/headers'
import { postDeletion, postInvitation, postRestoration } from './forms/room-care'
import { newRoomPage, postRoom } from './forms/room-forms'
import { claim } from './pages/claim'
import { directory } from './pages/directory'
import { instance, postAccountRemoval, postRoomDecision, toInstance } from './pages/instance'
import { postModel } from './pages/instance-models'
import { failed } from './pages/failed'
import { frontPage, joinRoom, lobbyIn, notFound, roomInAllLanes, roomInLane, roomInLastLane } from './pages/room-pages'
import { agentsOfRoom, postAgent, toAgents } from './pages/room-agents'
import { auditOfRoom } from './pages/room-audit'
import { allowanceInRoom, costsOfRoom, postBudgets } from './pages/room-costs'
import { postServer } from './pages/room-servers'
import { backFromServer, whoWeAre } from './pages/server-callback'
import { memoryOfRoom, postMemory } from './pages/room-memory'
import { policiesOfRoom, postPolicy } from './pages/room-policies'
import { postSchedule, schedulesOfRoom } from './pages/room-schedules'
import { membersOfRoom, postRemoval, whoIsHere } from './pages/room-members'
import { postCommand, recordsOfRoom } from './pages/room-records'
import { openSocket } from './requests/socket'
import { DIAGRAM_FRAME } from '../ui/parts/diagram-frame'

// A handler answers with an element or a Response, and holds no JSX of its own: rwsdk would take it for a component,
// and send the status before the handler had chosen it.
export const routes = [
  route('/rooms/:room/:lane/socket', [limitAddress, refuseServerFunction, openSocket]),
  route(DIAGRAM_FRAME, [limitAddress, diagramFrame]),
  limitAddress,
  setHeaders,
  refuseForeign,
  render(Document, [
    except(failed),
    setContext,
    limitPerson,
    callServerFunction,
    route('/', frontPage),
    route('/sign-in', { get: frontPage, post: postSignIn }),
    route('/sign-out', { get: frontPage, post: postSignOut }),
    route('/rename', { get: frontPage, post: postRename }),
    route('/rooms', { get: newRoomPage, post: postRoom }),
    route('/rooms/:room', roomInLastLane),
    route('/rooms/:room/members', { get: membersOfRoom, post: postRemoval }),
    route('/rooms/:room/agents-settings', { get: agentsOfRoom, post: postAgent }),
    route('/rooms/:room/servers', { get: toAgents, post: postServer }),
    route(CALLBACK_PATH, { get: backFromServer }),
    route(DOCUMENT_PATH, { get: whoWeAre }),
    route('/rooms/:room/costs', { get: costsOfRoom, post: postBudgets }),
    route('/rooms/:room/audit', auditOfRoom),
    route('/rooms/:room/memory', { get: memoryOfRoom, post: postMemory }),
    route('/rooms/:room/policies', { get: policiesOfRoom, post: postPolicy }),
    route('/rooms/:room/schedules', { get: schedulesOfRoom, post: postSchedule }),
    route('/rooms/:room/allowance', allowanceInRoom),
    route('/rooms/:room/here', whoIsHere),
    route('/rooms/:room/records', recordsOfRoom),
    route('/rooms/:room/commands', { get: notFound, post: postCommand }),
    route('/rooms/:room/invitation', { get: roomInLastLane, post: postInvitation }),
    route('/rooms/:room/delete', { get: roomInLastLane, post: postDeletion }),
    route('/rooms/:room/restore', { get: roomInLastLane, post: postRestoration }),
    route('/rooms/:room/compare', roomInAllLanes),
    route('/rooms/:room/:lane', roomInLane),
    route('/join/:room/:code', joinRoom),
    route('/claim/:code', claim),
    route('/directory', directory),
    route('/instance', instance),
    route('/instance/models', { get: toInstance, post: postModel }),
    route('/instance/people', { get: toInstance, post: postAccountRemoval }),
    route('/instance/rooms', { get: toInstance, post: postRoomDecision }),
    route('/chat-rsc', lobbyIn('rsc')),
    route('/chat-agent', lobbyIn('agents')),
    route('/chat-tinybase', lobbyIn('tinybase')),
    route('*', notFound),
  ]),
]
