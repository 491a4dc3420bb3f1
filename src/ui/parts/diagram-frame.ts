// Where the frame is that diagrams are drawn in.
export const DIAGRAM_FRAME = '/diagrams/frame'
