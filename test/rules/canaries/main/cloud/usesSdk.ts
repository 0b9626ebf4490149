// A provider SDK outside providers.
import '@anthropic-ai/sdk'
// canary: deps provider-sdks-only-in-providers
