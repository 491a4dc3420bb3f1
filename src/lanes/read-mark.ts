// How a room learns how far a socket has read: it sends a mark among the frames, and the client says it back.

/** The beginning of a mark; what follows is the room's business. No lane has a frame that begins so. */
export const READ_MARK = 'read '
