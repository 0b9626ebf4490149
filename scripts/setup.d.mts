// Types of setup.mjs, which must run on any Node and so is plain JavaScript.

/** The repository's folder, absolute. */
export const repository: string

/** The pinned Node, absolute; there after `setup()`. */
export const pinnedNode: string

/** Installs what is missing and nothing else; ends the process with 1 when it cannot. */
export function setup(): Promise<{ readonly installed: boolean; readonly milliseconds: number }>

/** Whether npm's record of what is installed has every package the lock asks for on this platform. */
export function matchesLock(lock: unknown, record?: unknown): boolean
