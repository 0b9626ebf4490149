// Behind another room’s service.
import '../documents/readerClient.ts'
// canary: deps rooms-show-their-service
