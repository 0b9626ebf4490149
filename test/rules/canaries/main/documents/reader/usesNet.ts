// A child that opens a socket, without the node: prefix.
import 'net'
// canary: deps network-only-at-the-door
