// The numbers both ends of a connection must agree on. Zod-free, so the window can import it.

/** Raised when frames change their meaning; a window of another version is refused at `hello`. */
export const protocolVersion = 1

/** No frame from a window may be longer than this many characters. */
export const maxFrameCharacters = 8_000_000
