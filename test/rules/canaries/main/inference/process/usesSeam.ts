// A value from the app’s side.
import '../localGenerator.ts'
// canary: deps children-take-seams-as-types
