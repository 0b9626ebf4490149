// The product ships a fake.
import '../../test/fakes/fake.ts'
// canary: deps shipped-code-needs-no-tests
