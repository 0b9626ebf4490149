// The network outside the door.
import 'node:https'
// canary: deps network-only-at-the-door
