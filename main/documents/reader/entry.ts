// The reader process: reads one file for its parent and ends. Stopping it is the parent's kill.
import { guardNetwork } from './guardNetwork.ts'

guardNetwork()

// Everything that parses is loaded only now, behind the guard.
const { serveParent } = await import('./serveParent.ts')
serveParent()
