// A feature sees another.
import '../documents/room.ts'
// canary: deps renderer-features-do-not-see-each-other
