/** A failure that its reader can fix. The message says what is wrong and what to do; no stack trace is shown. */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
  /** May the same work after a while? */
  readonly isTemporary: boolean = false;
}
