'use client'
// stand-in until the lane's own file is written
export { AgentsRoom as TinybaseRoom } from '../agents/RoomClient'
