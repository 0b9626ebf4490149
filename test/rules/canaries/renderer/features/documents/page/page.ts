// Furniture of the canary tree: breaks nothing.
/** Stands here so that a canary can import it. */
export const documentPage = 'documentPage'
