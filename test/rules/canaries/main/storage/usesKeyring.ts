// The host owns the keystore.
import '@napi-rs/keyring'
// canary: deps keystore-only-in-hosts
