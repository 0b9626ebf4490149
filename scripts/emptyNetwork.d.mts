// Types of emptyNetwork.mjs, which must run on any Node and so is plain JavaScript.

/** Words to put before a command so that it runs in an empty network namespace; empty, with the reason, where refused. */
export function emptyNetwork(
  node: string,
  run?: (command: readonly string[]) => boolean,
):
  | { readonly prefix: readonly string[]; readonly reason: undefined }
  | { readonly prefix: readonly []; readonly reason: string }
