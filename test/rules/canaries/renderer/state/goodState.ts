// Good: a slice may name the whole type.
import './goodSlice.ts'
