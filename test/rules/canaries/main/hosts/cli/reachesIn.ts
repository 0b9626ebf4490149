// A host with product logic.
import '../../chat/chatService.ts'
// canary: deps hosts-see-app-and-rpc
