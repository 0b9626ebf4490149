// The inference process: closes the network, connects to the app, and imports the engine when it is first needed.
import { connectParent } from '../../parentPort.ts'
import { inferenceRequest } from '../protocol.ts'
import { Engine } from './engine.ts'
import { installNetworkGuard } from './networkGuard.ts'
import { installProcessGuard } from './processGuard.ts'

installNetworkGuard()
if ('electron' in process.versions) installProcessGuard()

const port = connectParent()
const engine = new Engine({ post: (reply) => port.post(reply), library: () => import('node-llama-cpp') })

port.onMessage((message) => {
  // After an error nobody expected the engine's state is unknown: this process ends, and the supervisor starts another.
  engine.handle(inferenceRequest.parse(message)).catch(() => process.exit(70))
})
