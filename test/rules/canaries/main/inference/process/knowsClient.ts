// The engine knows the app’s side.
import '../inferenceClient.ts'
// canary: deps the-engine-is-an-island
