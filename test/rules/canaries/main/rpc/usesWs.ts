// A socket outside the browser host.
import 'ws'
// canary: deps network-only-at-the-door
