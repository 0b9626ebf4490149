// Telephone numbers are read in redaction only.
import 'libphonenumber-js/max'
// canary: deps redaction-libraries-only-in-redaction
