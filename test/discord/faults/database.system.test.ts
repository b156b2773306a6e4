import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DISCORD_TEXTS } from '../../../src/discord/texts.ts';
import type { ChannelMode } from '../../../src/storage/channel-settings.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { BotProcess, discordOf, settingsFor } from '../bot-process.ts';

/** A bot that records questions, with a moderator and a member who ask it something. */
async function running(shell?: string) {
  const discord = await discordOf();
  const guild = discord.guild();
  const general = guild.textChannel('general');
  const anna = guild.member('Anna');
  const mod = guild.member('Mona', { permissions: ['ManageMessages'], locale: 'en-GB' });
  const bot = new BotProcess(
    { ...settingsFor(discord), RECORD_QUESTIONS: 'true' },
    temporaryFolder(),
    shell === undefined ? undefined : { shell },
  );
  await discord.ready;
  return {
    discord,
    bot,
    mod,
    general,
    data: join(bot.folder, 'data'),
    ask: () => anna.says(general, `${discord.bot.mention} Was kostet das Roggenbrot?`),
    askInVain: () => anna.says(general, `${discord.bot.mention} zzyyx qwxz ${'vbnm '.repeat(30)}`),
    set: (mode: ChannelMode) => mod.runs('xiaomipay channel', { mode }, { channel: general }),
  };
}

type Running = Awaited<ReturnType<typeof running>>;

/** What is asked is answered; what a moderator sets fails openly; the bot ends as it is told, without a stack trace. */
async function answersWithoutIt({ discord, bot, ask, askInVain, set }: Running, remedy: RegExp): Promise<void> {
  const asked = [ask(), askInVain(), ask(), askInVain()];
  for (const message of asked) await message.reply();
  let failure: string | undefined;
  for (let times = 0; times < 50 && failure === undefined; times += 1) {
    const { content } = await set(times % 2 ? 'mentions' : 'open');
    if (!content.includes('**')) failure = content;
  }
  expect(failure).toContain(DISCORD_TEXTS.en.failed);
  const after = ask();
  await after.reply();
  await discord.settled();
  expect([...asked, after].map(({ replies }) => replies.length)).toEqual([1, 1, 1, 1, 1]);
  const errors = bot.log.filter(({ level }) => level > 40).map(({ msg }) => msg);
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toMatch(remedy);
  bot.signal('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.stdout + bot.stderr).not.toMatch(/\n\s+at |\\n\s+at /);
}

test('a database that can grow no more holds up no answer, and the log says so', async () => {
  // Nothing this process writes may become longer than that; the signal that would end it is ignored.
  const playing = await running("trap '' XFSZ; ulimit -f 120;");
  await answersWithoutIt(playing, /bot\.sqlite (?:cannot be read or written|cannot be written: the disk is full)/);
});

test('a database that is overwritten while the bot runs holds up no answer, and the log says so', async () => {
  const playing = await running();
  for (const name of readdirSync(playing.data)) {
    if (name.startsWith('bot.sqlite')) writeFileSync(join(playing.data, name), 'damaged '.repeat(20_000));
  }
  await answersWithoutIt(playing, /bot\.sqlite (?:is damaged or not a database|cannot be read or written)/);
});
