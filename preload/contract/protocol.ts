// The numbers both ends of a connection must agree on. Zod-free, so the window can import it.

/** Raised when frames change their meaning; a window of another version is refused at `hello`. */
export const protocolVersion = 1

/** No frame from a window may be longer than this many characters. */
export const maxFrameCharacters = 8_000_000

/** No document may have more bytes than this, whichever way it comes in. */
export const maxDocumentBytes = 2 ** 30

/** Base64 characters of one piece of a document handed over by a window that has no paths. */
export const maxPieceCharacters = 2_000_000

/** The one IPC channel between a window and Electron's main process. */
export const framesChannel = 'sotto.frames'
