// stand-in until the lane's own file is written
export { agentsLane as tinybaseLane } from '../agents/encoder'
