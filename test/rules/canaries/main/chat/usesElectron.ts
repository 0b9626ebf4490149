// Electron outside its host.
import 'electron'
// canary: deps electron-only-in-its-host
