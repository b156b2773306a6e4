/** One REST call of the bot's, as it was answered. */
export interface RequestRecord {
  readonly method: string;
  /** The path without the API prefix; interaction tokens are left out. */
  readonly path: string;
  /** Discord's template of the path, such as `/channels/{channel_id}/messages`; the path itself where it is unknown. */
  readonly route: string;
  readonly body: unknown;
  /** HTTP status; undefined until it is answered. */
  status?: number;
  /** The JSON error code of a refusal. */
  code?: number;
  /** The body of the answer. */
  answer?: unknown;
}

/** Something that Discord would not have accepted, or that this double does not play. */
export interface Violation {
  readonly request: string;
  readonly problem: string;
}

/** A request in one line, for people. */
export function describeRequest({ method, path, body, status, code, answer }: RequestRecord): string {
  const shorten = (value: unknown) => {
    const text = JSON.stringify(value) ?? '';
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
  };
  const outcome = status === undefined ? 'not answered yet' : `${status}${code === undefined ? '' : ` (${code})`}`;
  const refusal = code === undefined ? '' : ` ${shorten(answer)}`;
  return `${method} ${path}${body === undefined ? '' : ` ${shorten(body)}`} → ${outcome}${refusal}`;
}
