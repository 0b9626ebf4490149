// An import to nowhere.
import './nowhere.ts'
// canary: deps every-import-resolves
