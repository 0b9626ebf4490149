// The engine outside its process.
import 'node-llama-cpp'
// canary: deps llama-only-in-the-engine
