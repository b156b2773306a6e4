/** How many requests of a route Discord takes within a time, per channel, guild or webhook. */
export interface Limit {
  readonly requests: number;
  readonly perMs: number;
}

/** The state of a limit after one more request, as headers tell it. */
export interface Allowance {
  readonly bucket: string;
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the whole limit is there again. */
  readonly resetAfterMs: number;
  /** Whether this request was one too many. */
  readonly exceeded: boolean;
}

/** What holds where a test sets no limit: nothing that a bot would notice. */
const GENEROUS: Limit = { requests: 1_000, perMs: 1_000 };

/** Limits that Discord is known to apply; a test may ask for them. */
export const DISCORDS_LIMITS: Readonly<Record<string, Limit>> = {
  'POST /channels/{channel_id}/messages': { requests: 5, perMs: 5_000 },
  'PATCH /channels/{channel_id}/messages/{message_id}': { requests: 5, perMs: 5_000 },
  'POST /webhooks/{webhook_id}/{webhook_token}': { requests: 5, perMs: 2_000 },
};

/** Counts requests by route and major parameter. */
export class RateLimits {
  readonly #limits: Readonly<Record<string, Limit>>;
  readonly #windows = new Map<string, { used: number; endsAt: number }>();

  constructor(limits: Readonly<Record<string, Limit>>) {
    this.#limits = limits;
  }

  /** Counts one more request. */
  count(route: string, majorParameter: string): Allowance {
    const { requests, perMs } = this.#limits[route] ?? GENEROUS;
    const key = `${route} ${majorParameter}`;
    const now = Date.now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { used: 0, endsAt: now + perMs };
      this.#windows.set(key, window);
    }
    window.used += 1;
    return {
      bucket: Buffer.from(route).toString('hex').slice(-32),
      limit: requests,
      remaining: Math.max(0, requests - window.used),
      resetAfterMs: window.endsAt - now,
      exceeded: window.used > requests,
    };
  }
}

/** An allowance as Discord's headers. */
export function rateLimitHeaders({ bucket, limit, remaining, resetAfterMs }: Allowance): Record<string, string> {
  return {
    'X-RateLimit-Bucket': bucket,
    'X-RateLimit-Limit': String(limit),
    'X-RateLimit-Remaining': String(remaining),
    'X-RateLimit-Reset': ((Date.now() + resetAfterMs) / 1_000).toFixed(3),
    'X-RateLimit-Reset-After': (resetAfterMs / 1_000).toFixed(3),
  };
}
