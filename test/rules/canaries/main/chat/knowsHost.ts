// A room knows its host.
import '../hosts/cli/cliHost.ts'
// canary: deps hosts-are-the-top
