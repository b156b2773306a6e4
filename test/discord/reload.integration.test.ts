import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { Engine } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { LiveKnowledge } from '../../src/operation/live-knowledge.ts';
import { bakeryIn, bakeryKnowledge, bakeryTopic } from '../bakery.ts';
import { play } from './bot.ts';
import { scene } from './scene.ts';
import type { Channel, Message, Person } from './server/index.ts';

/** A bot on a copy of the bakery, which the test may change. */
async function bakery() {
  const folder = mkdtempSync(join(tmpdir(), 'bakery-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(new URL('../bakery/', import.meta.url), folder, { recursive: true });
  const { knowledge } = loadKnowledge(folder);
  if (!knowledge) throw new Error('The bakery has errors.');
  const live = new LiveKnowledge(new Engine(knowledge, 'de'));
  const people: { general?: Channel; anna?: Person; mod?: Person } = {};
  const { discord } = await play(
    (server) => {
      const guild = server.guild({ locale: 'de' });
      people.general = guild.textChannel('general');
      people.anna = guild.member('Anna', { locale: 'de' });
      people.mod = guild.member('Mona', { locale: 'en-US', permissions: ['ManageMessages'] });
    },
    { live },
  );
  const { general, anna, mod } = people;
  if (!general || !anna || !mod) throw new Error('The server was not furnished.');
  let logged = '';
  const lines = new Writable({
    write: (line, _, done) => {
      logged += String(line);
      done();
    },
  });
  const log = pino({ base: null }, lines);
  return {
    discord,
    asks: async (question: string) => (await anna.says(general, `${discord.bot.mention} ${question}`).reply()).content,
    ask: () => anna.says(general, `${discord.bot.mention} was kostet das Roggenbrot?`),
    types: (text: string) => anna.types('xiaomipay ask', 'question', text, { channel: general }),
    status: async () => (await mod.runs('xiaomipay status', {}, { channel: general })).content,
    edit: async (name: string, change: (text: string) => string) => {
      const file = join(folder, name);
      writeFileSync(file, change(readFileSync(file, 'utf8')));
      await live.reload(log, false);
    },
    logged: () => logged,
    live,
  };
}

test('a running bot answers, offers and shows with what an editor has changed', async () => {
  const { asks, types, status, edit, logged, live } = await bakery();
  const before = live.engine.knowledge.version;
  await edit('topics/bread.yaml', (text) =>
    text
      .replace('title: Was kostet das Roggenbrot?', 'title: Wie teuer ist Roggenbrot?')
      .replace('kostet laut', 'kostet heute laut'),
  );
  expect(await asks('was kostet das brot?')).toContain('kostet heute laut Artikel');
  expect((await types('wie teuer')).map(({ name }) => name)).toContain('Wie teuer ist Roggenbrot?');
  expect(live.engine.knowledge.version).not.toBe(before);
  expect(await status()).toContain(`version ${live.engine.knowledge.version}`);
  expect(logged()).toContain('"changed":["bread"]');
});

test('a wrong edit changes nothing; the log names every problem, and status the first', async () => {
  const { asks, status, edit, logged } = await bakery();
  await edit('topics/bread.yaml', (text) =>
    text.replace('status: reported', 'status: maybe').replace('Das Roggenbrot k', 'Das K'),
  );
  expect(await asks('was kostet das brot?')).toContain('kostet laut Artikel drei Euro');
  expect(logged()).toMatch(/bread\.yaml:2:9 .*not allowed/);
  expect(await status()).toMatch(/has errors \(\d\).*bread\.yaml:2/s);
  await edit('topics/bread.yaml', (text) =>
    text.replace('status: maybe', 'status: reported').replace('Das K', 'Das Roggenbrot k'),
  );
  expect(await status()).not.toContain('has errors');
});

test('knowledge that is replaced again and again while many ask: each gets one answer, the old one or the new one', async () => {
  const { discord, ask, edit } = await bakery();
  const asked: Message[] = [];
  const askSome = () => asked.push(...Array.from({ length: 12 }, ask));
  for (const edition of [1, 2, 3, 4]) {
    askSome();
    const replaced = edit('topics/bread.yaml', (text) =>
      text.replace(/kostet (?:in Ausgabe \d )?laut/, `kostet in Ausgabe ${edition} laut`),
    );
    askSome();
    await replaced;
  }
  await discord.settled();
  expect(asked.map(({ replies }) => replies.length)).toEqual(asked.map(() => 1));
  for (const { replies } of asked) {
    expect(replies[0]?.content).toMatch(/kostet (?:in Ausgabe \d )?laut Artikel drei Euro\.\n-# /);
  }
  expect((await ask().reply()).content).toContain('in Ausgabe 4');
});

test('a topic that is removed while a message is looked for is still answered', async () => {
  const live = new LiveKnowledge(bakeryIn('de'));
  const { discord, general, anna, ben } = await scene(undefined, { live });
  const { title, answer } = bakeryTopic('bread', 'de');
  discord.nextResponse('GET /channels/:id/messages/:id', { delayMs: 100 });
  const asked = anna.says(general, `${discord.bot.mention} ?`, { replyTo: ben.says(general, title) });
  await discord.until('the message to be looked for', () =>
    discord.requests.find(({ method, path }) => method === 'GET' && path.includes('/messages/')),
  );
  live.engine = new Engine(
    { ...bakeryKnowledge, topics: bakeryKnowledge.topics.filter(({ id }) => id !== 'bread') },
    'de',
  );
  expect((await asked.reply()).content).toContain(answer);
});
