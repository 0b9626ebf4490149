// A dynamic import is an import.
await import('electron')
// canary: deps electron-only-in-its-host
