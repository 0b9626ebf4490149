// A room knows the wire.
import '../rpc/rpcServer.ts'
// canary: deps app-and-rpc-are-seen-from-hosts
