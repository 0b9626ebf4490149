// Untrusted bytes are parsed in the reader process only.
import 'unpdf'
// canary: deps parsers-only-in-reader
