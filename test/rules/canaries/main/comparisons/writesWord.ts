// A comparison that writes Word documents itself.
import 'docx'
// canary: deps exporters-only-in-exports
