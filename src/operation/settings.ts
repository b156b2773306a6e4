import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { spellingIndex } from '../engine/spelling.ts';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import { readShardIds, type Shards } from './shards.ts';

const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const SERVER_ID = /^\d{15,20}$/;
const wholeNumber = (min: number, max: number, error: string) =>
  z.coerce.number(error).int(error).min(min, error).max(max, error);
const perMinute = wholeNumber(0, 1e9, 'must be a whole number; 0 means no limit');
const oneOf = <const T extends string>(values: readonly T[]) => z.enum(values, `must be one of: ${values.join(', ')}`);
const WRONG_SHARDS = 'must be auto, or a whole number of shards';
const shardCount = (error: string) => wholeNumber(1, 100_000, error);

/** All settings: their names in the environment, allowed values and defaults. */
const settingsSchema = z
  .object({
    DISCORD_TOKEN: z.string().trim().regex(TOKEN, 'must be a bot token: three parts joined by dots').optional(),
    DISCORD_API: z
      .url({ protocol: /^https?$/, error: 'must be the address of an API, like https://discord.com/api' })
      .default('https://discord.com/api'),
    DISCORD_GUILD_ID: z.string().regex(SERVER_ID, 'must be the id of a server: 15 to 20 digits').optional(),
    DATA_DIR: z.string().default('data'),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(?:ql)?$/,
        error: 'must be the address of a PostgreSQL database, like postgres://bot:password@db.example.com:5432/bot',
      })
      .optional(),
    SHARDS: z.union([z.literal('auto'), shardCount(WRONG_SHARDS)], WRONG_SHARDS).optional(),
    SHARD_COUNT: shardCount('must be the total number of shards').optional(),
    SHARD_IDS: z.string().optional(),
    LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    RECORD_QUESTIONS: z.stringbool('must be: true or false').default(false),
    HEALTH_PORT: wholeNumber(0, 65_535, 'must be a port: 1 to 65535, or 0 for any free one').optional(),
    HEALTH_HOST: z.string().default('127.0.0.1'),
    MEMBER_QUESTIONS_PER_MINUTE: perMinute.default(10),
    CHANNEL_ANSWERS_PER_MINUTE: perMinute.default(30),
    KNOWLEDGE_DIR: z.string().default(fileURLToPath(new URL('../../knowledge', import.meta.url))),
    DEFAULT_LANGUAGE: oneOf(LANGUAGES).default('de'),
  })
  .superRefine(({ SHARDS, SHARD_COUNT: count, SHARD_IDS: ids }, context) => {
    const reject = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (count === undefined && ids === undefined) return;
    if (SHARDS !== undefined) reject('SHARDS', 'must not be set together with SHARD_COUNT and SHARD_IDS');
    else if (count === undefined) reject('SHARD_IDS', 'needs SHARD_COUNT, the total number of shards');
    else if (ids === undefined) reject('SHARD_COUNT', 'needs SHARD_IDS, the shards that run here');
    else if (!readShardIds(ids, count)) {
      reject('SHARD_IDS', `must be ids from 0 to ${count - 1}, like 0,1,2 or 0-3, or a part, like 2/16`);
    }
  });

export type Settings = z.output<typeof settingsSchema>;

/** The shards that this process runs itself. */
export function shardsOf({ SHARDS, SHARD_COUNT, SHARD_IDS = '0/1' }: Settings): Shards {
  const count = SHARD_COUNT ?? Number(SHARDS ?? 1);
  return { ids: readShardIds(SHARD_IDS, count) ?? [], count };
}

/**
 * Reads the environment and, for what is not set there, `.env` in the working directory.
 *
 * @throws {ExpectedError} naming each setting with a value that is not allowed, and what is allowed
 */
export function readSettings(environment: NodeJS.ProcessEnv = withDotenv()): Settings {
  const { STATE_DIRECTORY, ...set } = withoutEmpty(environment);
  // systemd's folder for the data of a service: https://www.freedesktop.org/software/systemd/man/systemd.exec.html
  const checked = settingsSchema.safeParse({ DATA_DIR: STATE_DIRECTORY, ...set });
  if (checked.success) return checked.data;
  const lines = checked.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const value = environment[name] ?? '';
    const isSecret = name === 'DISCORD_TOKEN' || name === 'DATABASE_URL';
    const found = isSecret ? `a value of length ${value.length}, not shown here` : JSON.stringify(value);
    return `${name} ${issue.message}; found ${found}.`;
  });
  throw new ExpectedError(
    `${lines.join('\n')}\nSet it in the environment or in .env; .env.example explains every setting.`,
  );
}

/** A variable that is set to nothing, as in a copied `.env.example`, counts as not set. */
function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
}

function withDotenv(): NodeJS.ProcessEnv {
  // Not into the environment: discord.js reads that too, and takes SHARDS to mean something else.
  const { parsed = {}, error } = loadDotenv({ quiet: true, processEnv: {} });
  if (error && error.code !== 'ENOENT') {
    console.error(
      `${resolve('.env')} cannot be read (${error.code}) and is ignored. Make it a file that the user who runs the bot may read, or remove it.`,
    );
  }
  reportMisspelt(Object.keys(withoutEmpty(parsed)));
  return { ...parsed, ...withoutEmpty(process.env) };
}

/** Reports on standard error what looks like a misspelt setting. Any other name, like NODE_OPTIONS, may have a reason. */
function reportMisspelt(names: readonly string[]): void {
  const known: readonly string[] = settingsSchema.keyof().options;
  const similarTo = spellingIndex(known.map((name) => name.toLowerCase()));
  for (const name of names.filter((name) => !known.includes(name))) {
    const [meant] = similarTo(name.toLowerCase());
    if (!meant) continue;
    console.error(
      `${name} in ${resolve('.env')} is not a setting of the bot and is ignored. If ${meant.word.toUpperCase()} is meant, rename it; .env.example explains every setting.`,
    );
  }
}
