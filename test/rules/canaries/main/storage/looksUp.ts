// The ground floor looks up.
import '../jobs/jobService.ts'
// canary: deps no-looking-up-to-models-prompts-jobs
