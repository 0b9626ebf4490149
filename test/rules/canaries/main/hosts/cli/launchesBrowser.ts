// One host launches browsers.
import 'chrome-launcher'
// canary: deps browser-launcher-only-in-browser-host
