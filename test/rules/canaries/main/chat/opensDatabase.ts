// The driver outside the storage worker.
import 'better-sqlite3-multiple-ciphers'
// canary: deps database-driver-only-in-storage
