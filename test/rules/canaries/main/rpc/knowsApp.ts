// The wire knows the app.
import '../app.ts'
// canary: deps rpc-does-not-see-the-app
