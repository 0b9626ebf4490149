// A control knows a feature.
import '../features/documents/room.ts'
// canary: deps renderer-ui-and-state-are-below-features
