import { fileURLToPath } from 'node:url';
import { config as loadDotenv } from 'dotenv';
import { z } from 'zod';
import { LANGUAGES } from './knowledge/knowledge.ts';

/** The knowledge that comes with the bot. */
const SHIPPED_KNOWLEDGE = fileURLToPath(new URL('../knowledge', import.meta.url));

/** A variable that is set to nothing, as in a copied `.env.example`, is not set. */
const unset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

/** Every setting, its name in the environment, what it may be, and what it is when not set. */
const settingsSchema = z.object({
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
  KNOWLEDGE_DIR: z.preprocess(unset, z.string().default(SHIPPED_KNOWLEDGE)),
  DEFAULT_LANGUAGE: z.preprocess(unset, z.enum(LANGUAGES, `must be one of: ${LANGUAGES.join(', ')}`).default('de')),
});

export type Settings = z.output<typeof settingsSchema>;

/** Settings whose values must never be shown. */
const SECRETS: ReadonlySet<string> = new Set(['DISCORD_TOKEN']);

/** A setting has a value that is not allowed; the message names each one and what is allowed. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from the environment and, for what is not set there, from `.env` in the working directory.
 *
 * @throws {SettingsError} naming every variable that is wrong
 */
export function readSettings(environment: NodeJS.ProcessEnv = withDotenv()): Settings {
  const checked = settingsSchema.safeParse(environment);
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
export function knowledgeDirectory(option: string | undefined): string {
  return option ?? readSettings().KNOWLEDGE_DIR;
}

function withDotenv(): NodeJS.ProcessEnv {
  loadDotenv({ quiet: true });
  return process.env;
}
