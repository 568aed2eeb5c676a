// Errors on their way: across threads and between main and the page an error is a code for programs and a message for people.

/** Why something failed, where a program decides by it. */
export type ErrorCode =
  /** A request that the protocol does not allow. */
  | 'invalid'
  /** The user cancelled it. */
  | 'cancelled'
  /** The other side has ended: there will be no answer. */
  | 'lost'
  /** The graph needs an easier layout. */
  | 'tooHard'
  /** For all other reasons: the message has them. */
  | 'failed';

export interface ErrorMessage {
  code: ErrorCode;
  message: string;
}

export class CodedError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** The message of an error, or the text of whatever else was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** An error as it is sent. */
export function sentError(error: unknown): ErrorMessage {
  return { code: error instanceof CodedError ? error.code : 'failed', message: messageOf(error) };
}

/** A sent error as it is thrown at the other side. */
export const receivedError = ({ code, message }: ErrorMessage): CodedError => new CodedError(code, message);
