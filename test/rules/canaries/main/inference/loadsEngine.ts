// The engine inside the app process.
import './process/engine.ts'
// canary: deps islands-are-not-imported
