import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { readSettings, shardsOf } from '../../src/operation/settings.ts';

/** Of the right form, and nobody's. */
const TOKEN = 'MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabc-_.not-a-real-token_0123456789';

/** The message that these settings are refused with. */
function refusal(environment: NodeJS.ProcessEnv): string {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('settings', () => {
  test('may all be left out', () => {
    expect(readSettings({})).toMatchObject({
      KNOWLEDGE_DIR: expect.stringMatching(/[\\/]knowledge$/),
      DEFAULT_LANGUAGE: 'de',
      RECORD_QUESTIONS: false,
    });
  });

  test.for([[''], ['  ']])('that are set to nothing, as in a copied .env.example, are left out: %j', ([nothing]) => {
    const settings = { DISCORD_TOKEN: nothing, KNOWLEDGE_DIR: nothing, DEFAULT_LANGUAGE: nothing };
    expect(readSettings(settings)).toMatchObject(readSettings({}));
    expect(readSettings(settings).DISCORD_TOKEN).toBeUndefined();
  });

  test('are read as they are set', () => {
    expect(
      readSettings({ DISCORD_TOKEN: TOKEN, KNOWLEDGE_DIR: 'bakery', DEFAULT_LANGUAGE: 'en', RECORD_QUESTIONS: 'true' }),
    ).toMatchObject({
      DISCORD_TOKEN: TOKEN,
      KNOWLEDGE_DIR: 'bakery',
      DEFAULT_LANGUAGE: 'en',
      RECORD_QUESTIONS: true,
    });
  });

  test('are all explained in .env.example, where each is set to nothing', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const listed = example.match(/^[A-Z_]+=.*$/gm) ?? [];
    const optional = ['DISCORD_TOKEN', 'DATABASE_URL', 'SHARDS', 'SHARD_COUNT', 'SHARD_IDS'];
    for (const name of [...optional, ...Object.keys(readSettings({}))]) expect(listed).toContain(`${name}=`);
  });

  test('take a token with white space around it, as copying leaves it', () => {
    expect(readSettings({ DISCORD_TOKEN: ` ${TOKEN}\r\n` }).DISCORD_TOKEN).toBe(TOKEN);
  });

  test.for([['fr'], ['DE'], ['german'], ['de,en']])(
    'refuse the language %s, naming the variable, what was found and what is allowed',
    ([language]) => {
      const message = refusal({ DEFAULT_LANGUAGE: language });
      expect(message).toContain(`DEFAULT_LANGUAGE must be one of: de, en; found "${language}".`);
      expect(message).toContain('.env.example');
    },
  );

  test.for([
    ['LOG_LEVEL', 'loud', 'must be one of: '],
    ['MEMBER_QUESTIONS_PER_MINUTE', 'many', 'must be a whole number'],
    ['MEMBER_QUESTIONS_PER_MINUTE', '1.5', 'must be a whole number'],
    ['CHANNEL_ANSWERS_PER_MINUTE', '-1', 'must be a whole number'],
    ['DISCORD_GUILD_ID', 'my server', 'must be the id of a server'],
    ['HEALTH_PORT', '70000', 'must be a port: 1 to 65535'],
    ['RECORD_QUESTIONS', 'maybe', 'must be: true or false'],
    ['DISCORD_API', 'discord', 'must be the address of an API'],
  ])('refuse %s=%s', ([name = '', value = '', allowed]) => {
    expect(refusal({ [name]: value })).toMatch(`${name} ${allowed}`);
    expect(refusal({ [name]: value })).toContain(`; found "${value}".`);
  });

  test.for([
    ['0', '1', [0]],
    ['0-3', '4', [0, 1, 2, 3]],
    ['0,1,2', '8', [0, 1, 2]],
    [' 3 , 5-6,4-5 ', '8', [3, 4, 5, 6]],
    ['0/2', '4', [0, 1]],
    ['1/2', '4', [2, 3]],
    ['0/3', '8', [0, 1]],
    ['1/3', '8', [2, 3, 4]],
    ['2/3', '8', [5, 6, 7]],
    ['15/16', '16', [15]],
  ] as const)('name the shards of this process: SHARD_IDS=%s of SHARD_COUNT=%s', ([SHARD_IDS, SHARD_COUNT, ids]) => {
    expect(shardsOf(readSettings({ SHARD_IDS, SHARD_COUNT }))).toEqual({ ids, count: Number(SHARD_COUNT) });
  });

  test('name each shard in one of the parts, however many there are', () => {
    const SHARD_COUNT = '157';
    for (const parts of [1, 2, 10, 63, 157]) {
      const ids = Array.from({ length: parts }, (_, part) =>
        shardsOf(readSettings({ SHARD_COUNT, SHARD_IDS: `${part}/${parts}` })),
      );
      expect(ids.flatMap((part) => part.ids)).toEqual(Array.from({ length: 157 }, (_, id) => id));
    }
  });

  test('mean one shard where they say nothing of shards', () => {
    expect(shardsOf(readSettings({ SHARDS: '', SHARD_COUNT: '', SHARD_IDS: '' }))).toEqual({ ids: [0], count: 1 });
  });

  test.for<[NodeJS.ProcessEnv, string]>([
    [{ SHARDS: 'many' }, 'SHARDS must be auto, or a whole number of shards'],
    [{ SHARDS: '0' }, 'SHARDS must be auto, or a whole number of shards'],
    [{ SHARDS: '1.5' }, 'SHARDS must be auto, or a whole number of shards'],
    [{ SHARD_COUNT: '-1', SHARD_IDS: '0' }, 'SHARD_COUNT must be the total number of shards'],
    [
      { SHARDS: 'auto', SHARD_IDS: '0', SHARD_COUNT: '2' },
      'SHARDS must not be set together with SHARD_COUNT and SHARD_IDS',
    ],
    [{ SHARDS: '2', SHARD_COUNT: '2' }, 'SHARDS must not be set together with SHARD_COUNT and SHARD_IDS'],
    [{ SHARD_IDS: '0' }, 'SHARD_IDS needs SHARD_COUNT, the total number of shards'],
    [{ SHARD_COUNT: '8' }, 'SHARD_COUNT needs SHARD_IDS, the shards that run here'],
    ...['4', '0-4', '3-1', 'bot-3', '1,', '4/4', '0/0', '0/8'].map((SHARD_IDS): [NodeJS.ProcessEnv, string] => [
      { SHARD_IDS, SHARD_COUNT: '4' },
      'SHARD_IDS must be ids from 0 to 3, like 0,1,2 or 0-3, or a part, like 2/16',
    ]),
    [{ DATABASE_URL: 'mysql://localhost/bot' }, 'DATABASE_URL must be the address of a PostgreSQL database, like'],
  ])('refuse shards and databases that cannot be, and say what to do: %j', ([settings, message]) => {
    expect(refusal(settings)).toContain(message);
  });

  test('never show the password of a database', () => {
    const message = refusal({ DATABASE_URL: 'mysql://bot:geheim@localhost/bot' });
    expect(message).toContain('; found a value of length 32, not shown here.');
    expect(message).not.toContain('geheim');
  });

  test.for([
    ['a word', 'geheim'],
    ['two parts', 'geheim.geheim'],
    ['four parts', `${TOKEN}.geheim`],
    ['the word before it in a header', `Bot ${TOKEN}`],
    ['quotes', `'${TOKEN}'`],
    ['a line break', `${TOKEN.slice(0, 30)}\n${TOKEN.slice(30)}`],
    ['a part that is empty', 'geheim..geheim'],
  ])('refuse a token with the wrong form and never show it: %s', ([, token = '']) => {
    const message = refusal({ DISCORD_TOKEN: token });
    expect(message).toContain('DISCORD_TOKEN must be a bot token: three parts joined by dots');
    expect(message).toContain(`found a value of length ${token.length}, not shown here`);
    for (const part of token.split(/[.\s]+/).filter((part) => part.length > 3)) expect(message).not.toContain(part);
  });

  test('name everything that is wrong at once', () => {
    const message = refusal({ DISCORD_TOKEN: 'geheim', DEFAULT_LANGUAGE: 'fr' });
    expect(message).toMatch(/^DISCORD_TOKEN must .*\nDEFAULT_LANGUAGE must /);
  });

  test('keep data where systemd says, unless they say otherwise', () => {
    expect(readSettings({ DATA_DIR: '', STATE_DIRECTORY: '/var/lib/bot' })).toMatchObject({ DATA_DIR: '/var/lib/bot' });
    expect(readSettings({ DATA_DIR: 'here', STATE_DIRECTORY: '/var/lib/bot' })).toMatchObject({ DATA_DIR: 'here' });
  });
});
