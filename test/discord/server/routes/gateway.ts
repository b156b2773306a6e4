import { GatewayBotResponseSchema } from 'discord-api-spec/zod';
import { ok, type Route } from '../routing.ts';

/** Where the gateway is, and how it wants to be used. */
export function gatewayRoutes(
  url: () => string,
  shards: number,
  maxConcurrency: number,
  sessionsLeft: number,
): readonly Route[] {
  return [
    { on: 'GET /gateway', withoutToken: true, handle: () => ok({ url: url() }) },
    {
      on: 'GET /gateway/bot',
      answers: GatewayBotResponseSchema,
      handle: () =>
        ok({
          url: url(),
          shards,
          session_start_limit: {
            total: 1_000,
            remaining: sessionsLeft,
            reset_after: 86_400_000,
            max_concurrency: maxConcurrency,
          },
        }),
    },
  ];
}
