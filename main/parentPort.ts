// The child's end of a ChildPort: the same for a Node fork and an Electron utility process.

/** Messages to and from the process that started this one. */
export type ParentPort = {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

type UtilityPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** Connects to the parent; a child whose parent disconnects ends at once, so none outlives the app. */
export function connectParent(): ParentPort {
  const utility = (process as { readonly parentPort?: UtilityPort }).parentPort // as: only Electron's typings know parentPort
  if (utility !== undefined) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data)),
    }
  }
  process.on('disconnect', () => process.exit(0))
  return {
    post: (message) => {
      if (process.connected) process.send?.(message)
    },
    onMessage: (listener) => process.on('message', listener),
  }
}
