// Diagnostics calls the cloud.
import '../cloud/cloudService.ts'
// canary: deps the-cloud-has-two-callers
