// Types of the engine stay in its process too.
import type {} from 'node-llama-cpp'
// canary: deps llama-only-in-the-engine
