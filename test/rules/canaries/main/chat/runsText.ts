// Code that no import shows.
import 'node:vm'
// canary: deps code-comes-in-by-import
