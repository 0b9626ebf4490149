// A schema creeps into a zod-free file.
import 'zod'
// canary: deps zod-free-stays-zod-free
