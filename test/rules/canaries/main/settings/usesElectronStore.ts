// electron-store imports electron.
import 'electron-store'
// canary: deps electron-only-in-its-host
