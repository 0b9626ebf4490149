// The reader knows the database.
import '../../storage/storage.ts'
// canary: deps the-reader-is-an-island
