// Hosts start processes.
import 'node:child_process'
// canary: deps processes-start-in-hosts
