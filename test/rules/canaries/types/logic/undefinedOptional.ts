// exactOptionalPropertyTypes
/** Says undefined where nothing was promised. */
export const options: { readonly size?: number } = { size: undefined }
// canary: types TS2375
