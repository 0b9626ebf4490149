// Good: the rules must let this pass.
import { app } from '../../app.ts'
import { rpcServer } from '../../rpc/rpcServer.ts'

/** A host sees the app and the wire. */
export const seen = [app, rpcServer]
