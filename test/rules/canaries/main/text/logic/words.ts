// Furniture of the canary tree: breaks nothing.
/** Stands here so that good logic of another room can import it. */
export const words = 'words'
