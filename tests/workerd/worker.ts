export { ScriptedRoom } from './scripted-room'

export default {} satisfies ExportedHandler
