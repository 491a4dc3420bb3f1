// Upgrades whose client is gone before they are answered. Sent to nobody, the answer would leave its socket open in the
// room, without a reader and without a close event [R39].
import { refusalResponse, refuse } from '../../conversation/refusal'

/** The answer, or one without a socket when nobody is there to take it. The last thing that is done with an answer. */
export function unlessGone({ signal }: Request, answer: Response): Response {
  if (!answer.webSocket || !signal.aborted) return answer
  answer.webSocket.accept()
  answer.webSocket.close(1001, 'gone')
  return refusalResponse(refuse('malformed', 'Whoever asked is gone.').refusal)
}
