/** A failure that its reader can fix. The message says what is wrong and what to do; no stack trace is shown. */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
  /** Could the same attempt succeed later? Then `retry` repeats it. */
  readonly isTemporary: boolean = false;
}
