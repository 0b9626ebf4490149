// Furniture of the canary tree: breaks nothing.
/** A shape. */
export type ParameterProperty2 = { readonly size: number }
