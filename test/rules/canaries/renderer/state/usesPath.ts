// Node in a window.
import 'node:path'
// canary: deps renderer-has-no-node
