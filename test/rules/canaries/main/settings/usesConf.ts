// The host owns the settings file.
import 'conf'
// canary: deps settings-file-only-in-hosts
