// A drive that hangs may hang the reader process, never the app.
import 'chokidar'
// canary: deps folders-are-watched-in-the-reader
