import { fileURLToPath } from 'node:url';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { ONE_SHARD, readShardIds, type Shards, WrongShardIds } from './shards.ts';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The knowledge that comes with the bot. */
const SHIPPED_KNOWLEDGE = fileURLToPath(new URL('../../knowledge', import.meta.url));

/** A variable that is set to nothing, as in a copied `.env.example`, is not set. */
const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

const perMinute = (usual: number) =>
  z.preprocess(
    unset,
    z.coerce
      .number('must be a whole number')
      .int('must be a whole number')
      .min(0, 'must not be below 0; 0 means no limit')
      .default(usual),
  );

/** Nobody needs more; who asks for more has mistyped. */
const MAX_SHARDS = 100_000;
const WRONG_SHARDS = `must be auto, or how many shards there are to be: a whole number from 1 to ${MAX_SHARDS}`;
const shardCount = (message: string) => z.coerce.number(message).int(message).min(1, message).max(MAX_SHARDS, message);

const WRONG_PORT = 'must be the number of a port: from 1 to 65535, or 0 for any that is free';

/** Every setting, its name in the environment, what it may be, and what it is when not set. */
const eachSetting = z.object({
  DISCORD_TOKEN: z.preprocess(
    unset,
    z
      .string()
      .trim()
      .regex(
        /^[\w-]+\.[\w-]+\.[\w-]+$/,
        'must be a bot token: three parts joined by dots, from the page "Bot" of your application',
      )
      .optional(),
  ),
  DISCORD_API: z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/, error: 'must be the address of an API, like https://discord.com/api' })
      .default('https://discord.com/api'),
  ),
  DISCORD_GUILD_ID: z.preprocess(
    unset,
    z
      .string()
      .regex(/^\d{15,20}$/, 'must be the id of a server: 15 to 20 digits')
      .optional(),
  ),
  DATA_DIR: z.preprocess(unset, z.string().default('data')),
  DATABASE_URL: z.preprocess(
    unset,
    z
      .url({
        protocol: /^postgres(?:ql)?$/,
        error: 'must be the address of a PostgreSQL database, like postgres://bot:password@db.example.com:5432/bot',
      })
      .optional(),
  ),
  SHARDS: z.preprocess(unset, z.union([z.literal('auto'), shardCount(WRONG_SHARDS)], WRONG_SHARDS).optional()),
  SHARD_COUNT: z.preprocess(
    unset,
    shardCount(`must be how many shards the bot has in all: a whole number from 1 to ${MAX_SHARDS}`).optional(),
  ),
  SHARD_IDS: z.preprocess(unset, z.string().optional()),
  LOG_LEVEL: z.preprocess(unset, z.enum(LOG_LEVELS, `must be one of: ${LOG_LEVELS.join(', ')}`).default('info')),
  RECORD_QUESTIONS: z.preprocess(unset, z.stringbool('must be: true or false').default(false)),
  HEALTH_PORT: z.preprocess(
    unset,
    z.coerce.number(WRONG_PORT).int(WRONG_PORT).min(0, WRONG_PORT).max(65_535, WRONG_PORT).optional(),
  ),
  HEALTH_HOST: z.preprocess(unset, z.string().default('127.0.0.1')),
  MEMBER_QUESTIONS_PER_MINUTE: perMinute(10),
  CHANNEL_ANSWERS_PER_MINUTE: perMinute(30),
  KNOWLEDGE_DIR: z.preprocess(unset, z.string().default(SHIPPED_KNOWLEDGE)),
  DEFAULT_LANGUAGE: z.preprocess(unset, z.enum(LANGUAGES, `must be one of: ${LANGUAGES.join(', ')}`).default('de')),
});

const settingsSchema = eachSetting.superRefine(({ SHARDS, SHARD_COUNT, SHARD_IDS }, context) => {
  const refuse = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  if (SHARDS !== undefined && (SHARD_COUNT !== undefined || SHARD_IDS !== undefined)) {
    refuse(
      'SHARDS',
      'must not be set together with SHARD_COUNT and SHARD_IDS: with SHARDS this process starts one for each shard, with the other two it runs the shards named itself. Leave out one or the others',
    );
  } else if (SHARD_IDS !== undefined && SHARD_COUNT === undefined) {
    refuse('SHARD_IDS', 'needs SHARD_COUNT too: how many shards the bot has in all, in all its processes');
  } else if (SHARD_COUNT !== undefined && SHARD_IDS === undefined) {
    refuse(
      'SHARD_COUNT',
      `needs SHARD_IDS too: which of the shards this process runs, like 0-${SHARD_COUNT - 1} for all`,
    );
  } else if (SHARD_IDS !== undefined && SHARD_COUNT !== undefined) {
    try {
      readShardIds(SHARD_IDS, SHARD_COUNT);
    } catch (error) {
      if (!(error instanceof WrongShardIds)) throw error;
      refuse('SHARD_IDS', error.message);
    }
  }
});

export type Settings = z.output<typeof settingsSchema>;

/** The shards that this process runs itself. */
export function shardsOf({ SHARD_COUNT, SHARD_IDS }: Settings): Shards {
  if (SHARD_COUNT === undefined || SHARD_IDS === undefined) return ONE_SHARD;
  return { ids: readShardIds(SHARD_IDS, SHARD_COUNT), count: SHARD_COUNT };
}

/** Settings whose values must never be shown. */
const SECRETS: ReadonlySet<string> = new Set(['DISCORD_TOKEN', 'DATABASE_URL']);

/** A setting has a value that is not allowed; the message names each one and what is allowed. */
export class SettingsError extends ExpectedError {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the environment and, for what is not set there, from `.env` in the working directory.
 *
 * @throws {SettingsError} naming every variable that is wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv = withDotenv()): Settings {
  // Where systemd keeps a service's data, if the service has any: https://www.freedesktop.org/software/systemd/man/systemd.exec.html
  const DATA_DIR = unset(environment['DATA_DIR']) ?? environment['STATE_DIRECTORY'];
  const checked = settingsSchema.safeParse({ ...environment, DATA_DIR });
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = environment[name] ?? '';
    const found = SECRETS.has(name) ? `${value.length} characters that are not shown here` : JSON.stringify(value);
    return `${name} ${issue.message}; found ${found}.`;
  });
  throw new SettingsError(
    `${lines.join('\n')}\nSet it in the environment or in .env; .env.example explains every setting.`,
  );
}

/** The folder named by `--knowledge`, by `KNOWLEDGE_DIR`, or the one that comes with the bot. */
export function knowledgeDirectory(
  option: string | undefined,
  settings: Pick<Settings, 'KNOWLEDGE_DIR'> = readSettings(),
): string {
  return option ?? settings.KNOWLEDGE_DIR;
}

function withDotenv(): NodeJS.ProcessEnv {
  // Beside the environment, not into it: discord.js reads that too, and takes SHARDS to mean something else.
  const written: Record<string, string> = {};
  loadDotenv({ quiet: true, processEnv: written });
  const set = Object.entries(process.env).filter(([, value]) => unset(value) !== undefined);
  return { ...written, ...Object.fromEntries(set) };
}
