// A schema creeps in by a neighbour.
import './chat.ts'
// canary: deps zod-free-stays-zod-free
