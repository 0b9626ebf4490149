// The reader inside the app process.
import '../documents/reader/entry.ts'
// canary: deps islands-are-not-imported
