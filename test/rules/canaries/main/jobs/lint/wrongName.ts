// Canary: this file must be refused.
/** A class elsewhere than in its file. */
export class Runner {
  readonly id = 1
}
// canary: lint local/file-name
