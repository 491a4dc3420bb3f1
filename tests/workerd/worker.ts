export { ScriptedLedger } from './scripted-ledger'
export { ScriptedRoom } from './scripted-room'

export default {} satisfies ExportedHandler
