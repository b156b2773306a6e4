/** A failure that its reader can fix: the message says what is wrong and what to do. It is shown without a stack trace. */
export class ExpectedError extends Error {
  override readonly name: string = 'ExpectedError';
}
