// A room knows the composition root.
import '../app.ts'
// canary: deps app-and-rpc-are-seen-from-hosts
