/** How Discord is to misbehave. */
export interface Fault {
  /**
   * 429 with Retry-After, 502 with HTML as from a proxy, anything else with Discord's JSON; left out, the request is
   * answered as ever, only later (`delayMs`).
   */
  readonly status?: number;
  /** Instead of JSON, a page such as a proxy's, with status 200 unless `status` says otherwise. */
  readonly html?: boolean;
  /** The JSON error code, for a status below 500. */
  readonly code?: number;
  readonly message?: string;
  /** For 429: how long to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** For 429: the limit of the whole bot rather than of the route. */
  readonly global?: boolean;
  /** Instead of an answer: the connection is cut, half of an answer comes and then its end, or nothing ever comes. */
  readonly breaksOff?: 'at once' | 'half-way' | 'never';
  /** True if the request takes effect before its answer is lost. */
  readonly takesEffect?: boolean;
  /** Answers only after this many milliseconds. */
  readonly delayMs?: number;
  /** How many requests it strikes; one, if left out. */
  readonly times?: number;
}

/** Faults that wait for a request. */
export class Faults {
  readonly #waiting: { readonly route: string; readonly fault: Fault; left: number }[] = [];

  /** Lays a fault in wait, for a route such as `POST /channels/:id/messages`, or `*` for any. */
  lay(route: string, fault: Fault): void {
    this.#waiting.push({ route: general(route), fault, left: fault.times ?? 1 });
  }

  /** Those that have struck nothing yet never will. */
  forget(): void {
    this.#waiting.length = 0;
  }

  /** The fault that strikes this request. */
  strike(route: string): Fault | undefined {
    const index = this.#waiting.findIndex((waiting) => waiting.route === '*' || waiting.route === general(route));
    const found = this.#waiting[index];
    if (!found) return undefined;
    found.left -= 1;
    if (found.left === 0) this.#waiting.splice(index, 1);
    return found.fault;
  }
}

/** A route without the names of its parameters, so that `:id` and `{channel_id}` are the same. */
function general(route: string): string {
  return route.replaceAll(/\{[^}]+\}|:[a-z_]+/gi, '{}');
}
