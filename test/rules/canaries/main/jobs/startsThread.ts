// One room has a thread.
import 'node:worker_threads'
// canary: deps threads-start-in-storage
