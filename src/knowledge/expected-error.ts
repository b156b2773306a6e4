/**
 * A failure that whoever runs the bot can mend; its message says what is wrong and what to do. It reaches the terminal
 * as that message, without a stack trace, and ends the process with code 1.
 */
export abstract class ExpectedError extends Error {}
