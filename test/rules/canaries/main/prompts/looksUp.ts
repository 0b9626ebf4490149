// A lower floor looks up.
import '../documents/documentService.ts'
// canary: deps no-looking-up-to-cloud-documents
