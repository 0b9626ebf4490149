// An HTTP client outside the door.
import 'undici'
// canary: deps network-only-at-the-door
