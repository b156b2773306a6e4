import { once } from 'node:events';
import {
  ActionRowBuilder,
  type APIGatewayBotInfo,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type Message as ClientMessage,
  type ClientOptions,
  DiscordAPIError,
  GatewayIntentBits,
  GatewayOpcodes,
  HTTPError,
  InteractionContextType,
  MessageFlags,
  MessageType,
  ModalBuilder,
  Options,
  Partials,
  PermissionFlagsBits,
  REST,
  Routes,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { FakeClock } from '../fake-clock.ts';
import {
  ApplicationDidNotRespond,
  type Channel,
  type Discord,
  type DiscordOptions,
  startDiscord,
} from './server/index.ts';

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
const WITHOUT_CONTENT = [Guilds, GuildMessages, DirectMessages];

const running: { discord?: Discord; clients: Client[] } = { clients: [] };

afterEach(async () => {
  await Promise.all(running.clients.splice(0).map((client) => client.destroy()));
  await running.discord?.close();
  delete running.discord;
});

async function start(options: DiscordOptions = {}): Promise<Discord> {
  running.discord = await startDiscord(options);
  return running.discord;
}

/** A Discord with a server, a channel and a member there. */
async function startInGuild(options: DiscordOptions = {}) {
  const discord = await start(options);
  const guild = discord.guild();
  return { discord, guild, general: guild.textChannel('general'), anna: guild.member('Anna') };
}

/** A client as any bot has it, connected; the test adds what the bot does. */
async function connect(discord: Discord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = unconnected(discord, options);
  await client.login(discord.token);
  await discord.ready;
  return client as Client<true>;
}

/** One that has registered its commands. */
async function connectWithCommands(discord: Discord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = await connect(discord, options);
  await client.application.commands.set(COMMANDS);
  return client;
}

function unconnected(discord: Discord, options: Partial<ClientOptions> = {}): Client {
  const client = new Client({
    intents: [...WITHOUT_CONTENT, MessageContent],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    ...options,
    rest: { api: discord.api, retries: 0, ...options.rest },
  });
  client.on('error', () => {});
  running.clients.push(client);
  return client;
}

/** Lets a bot answer each mention with what it says. */
function echo(client: Client, times = 1): ClientMessage[] {
  const heard: ClientMessage[] = [];
  client.on('messageCreate', async (message) => {
    if (message.author.id === client.user?.id) return;
    heard.push(message);
    if (!message.mentions.users.has(client.user?.id ?? '') && message.guild) return;
    for (let i = 0; i < times; i += 1) await message.reply(`echo: ${message.content}`);
  });
  return heard;
}

const question = {
  name: 'question',
  nameLocalizations: { de: 'frage' },
  description: 'What is asked',
  type: ApplicationCommandOptionType.String as const,
  required: true,
  autocomplete: true,
};

const COMMANDS = [
  {
    name: 'shop',
    description: 'The shop',
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
    integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
    options: [
      {
        name: 'ask',
        nameLocalizations: { de: 'fragen' },
        description: 'Ask something',
        type: ApplicationCommandOptionType.Subcommand as const,
        options: [question],
      },
    ],
  },
  { name: 'Answer this', type: ApplicationCommandType.Message as const },
  { name: 'purge', description: 'Moderators only', defaultMemberPermissions: PermissionFlagsBits.ManageMessages },
];

const row = (...buttons: ButtonBuilder[]) => new ActionRowBuilder<ButtonBuilder>().addComponents(...buttons);
const button = (id: string, label = id) =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Secondary);

/** The code with which Discord refuses something. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'accepted';
  } catch (error) {
    if (error instanceof DiscordAPIError) return `${error.status} ${error.code}`;
    throw error;
  }
}

async function textChannel(discord: Discord, channel: Channel, client: Client) {
  const found = await client.channels.fetch(channel.id);
  if (!found?.isSendable()) throw new Error(`${channel.label} takes no messages; ${discord.api}`);
  return found;
}

describe('messages', () => {
  test('a mention is heard and answered, in channels of every kind', async () => {
    const discord = await start();
    const guild = discord.guild();
    const anna = guild.member('Anna');
    const channels = [
      guild.textChannel('general'),
      guild.announcementChannel('news'),
      guild.voiceChannel('lounge'),
      anna.startsThread(guild.textChannel('other'), 'a thread'),
    ];
    echo(await connect(discord));
    for (const channel of channels) {
      const message = anna.says(channel, `${discord.bot.mention} hello`);
      const reply = await message.reply();
      expect(reply.content).toBe(`echo: ${discord.bot.mention} hello`);
      expect(reply.replyTo).toBe(message);
      expect(channel.visibleTo(anna)).toContain(reply);
    }
  });

  test('a forum post is a thread whose first message has the id of the thread', async () => {
    const discord = await start();
    const guild = discord.guild();
    const anna = guild.member('Anna');
    const forum = guild.forum('help');
    const client = await connect(discord);
    const threads: boolean[] = [];
    client.on('threadCreate', (_, newly) => threads.push(newly));
    const heard = echo(client);
    const first = anna.posts(forum, 'How?', `${discord.bot.mention} how?`);
    expect((await first.reply()).channel).toBe(first.channel);
    expect(threads).toEqual([true]);
    expect(heard[0]?.id).toBe(first.channel.id);
    expect(heard[0]?.channel.isThread() && heard[0].channel.parentId).toBe(forum.id);
  });

  test('direct messages reach the bot, and the bot can open them itself', async () => {
    const discord = await start();
    const anna = discord.guild().member('Anna');
    const client = await connect(discord);
    echo(client);
    expect((await anna.directMessages('hello').reply()).content).toBe('echo: hello');
    await (await client.users.fetch(anna.id)).send('by the way');
    expect(anna.directChannel.fromBot.map(({ content }) => content)).toEqual(['echo: hello', 'by the way']);
    anna.blocksDirectMessages = true;
    expect(await refusal((await client.users.fetch(anna.id)).send('still there?'))).toBe('403 50007');
  });

  test('edits and deletions reach the bot, and its own are seen by people', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    echo(client);
    const answers = new Map<string, ClientMessage>();
    client.on('messageCreate', (message) => {
      if (message.reference?.messageId && message.author.id === client.user.id) {
        answers.set(message.reference.messageId, message);
      }
    });
    client.on('messageUpdate', (_, message) => void answers.get(message.id)?.edit(`edited: ${message.content}`));
    client.on('messageDelete', (message) => void answers.get(message.id)?.delete());
    const asked = anna.says(general, `${discord.bot.mention} one`);
    const reply = await asked.reply();
    await discord.settled();
    anna.edits(asked, 'two');
    await reply.edited();
    expect(reply.content).toBe('edited: two');
    anna.deletes(asked);
    await reply.gone();
    expect(general.visibleTo(anna)).toEqual([]);
  });

  test('messages that are deleted together are told of together', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    const deleted: string[][] = [];
    client.on('messageDeleteBulk', (messages) => deleted.push(messages.map(({ content }) => content ?? '')));
    const [one, two, three] = ['one', 'two', 'three'].map((text) => anna.says(general, text));
    if (!one || !two || !three) throw new Error('Anna said three things.');
    await discord.settled();
    general.purge(one, three);
    await discord.settled();
    expect(deleted.map((texts) => texts.sort())).toEqual([['one', 'three']]);
    expect(general.visibleTo(anna)).toEqual([two]);
  });

  test('who is silent is known to be silent', async () => {
    const { discord, guild, general } = await startInGuild();
    const heard = echo(await connect(discord));
    guild.member('Anna').says(general, 'just talking');
    general.webhook('News').says('from a webhook');
    general.systemMessage(guild.member('Ben'), MessageType.UserJoin);
    guild.member('Robot', { bot: true }).says(general, 'beep');
    await discord.settled();
    expect(general.fromBot).toEqual([]);
    expect(heard.map(({ system, webhookId, author }) => [system, webhookId !== null, author.bot])).toEqual([
      [false, false, false],
      [false, true, true],
      [true, false, false],
      [false, false, true],
    ]);
  });

  test('replies notify unless the person switches it off, and @everyone needs a permission', async () => {
    const { discord, guild, general, anna } = await startInGuild();
    const chief = guild.member('Chief', { permissions: ['MentionEveryone'] });
    const client = await connect(discord);
    const heard = echo(client);
    const [told] = [await (await textChannel(discord, general, client)).send('first')];
    const first = general.messages.get(told.id);
    if (!first) throw new Error('The message is not there.');
    const loud = anna.says(general, 'and then?', { replyTo: first });
    await loud.reply();
    anna.says(general, 'withoutWarnings', { replyTo: first, ping: false });
    anna.says(general, '@everyone look');
    chief.says(general, '@everyone look');
    await discord.settled();
    expect(heard.map((message) => [message.mentions.has(client.user), message.mentions.everyone])).toEqual([
      [true, false],
      [false, false],
      [false, false],
      [true, true],
    ]);
    expect(heard[0]?.reference?.messageId).toBe(first.id);
    expect(loud.replies[0]?.pinged).toEqual([]);
  });

  test('a nonce that is enforced makes one message of two', async () => {
    const { discord, general } = await startInGuild();
    const client = await connect(discord);
    const channel = await textChannel(discord, general, client);
    const once = await channel.send({ content: 'once', nonce: '42', enforceNonce: true });
    const again = await channel.send({ content: 'once', nonce: '42', enforceNonce: true });
    expect(again.id).toBe(once.id);
    expect(general.fromBot).toHaveLength(1);
  });

  test('messages can be read back, newest first', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    for (const text of ['one', 'two', 'three', 'four']) anna.says(general, text);
    const channel = await textChannel(discord, general, client);
    const texts = async (query: object) =>
      [...(await channel.messages.fetch({ cache: false, ...query })).values()].map(({ content }) => content);
    const two = [...general.messages.keys()][1] ?? '';
    expect(await texts({ limit: 2 })).toEqual(['four', 'three']);
    expect(await texts({ before: two })).toEqual(['one']);
    expect(await texts({ after: two, limit: 1 })).toEqual(['three']);
    expect((await channel.messages.fetch({ message: two, force: true })).content).toBe('two');
  });
});

describe('the MessageContent intent', () => {
  test('without it, content stays in direct messages, mentions, replies that notify and the bot’s own', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord, { intents: WITHOUT_CONTENT });
    const heard: string[] = [];
    client.on('messageCreate', (message) => void heard.push(message.content));
    const own = await (await textChannel(discord, general, client)).send('own');
    const replyTo = general.messages.get(own.id);
    if (!replyTo) throw new Error('The message is not there.');
    anna.says(general, 'secret');
    anna.says(general, `${discord.bot.mention} open`);
    anna.says(general, 'loud reply', { replyTo });
    anna.says(general, 'quiet reply', { replyTo, ping: false });
    anna.directMessages('direct');
    await discord.settled();
    expect(heard).toEqual(['own', '', `${discord.bot.mention} open`, 'loud reply', '', 'direct']);
  });

  test('where the portal refuses it, the connection ends with 4014, and without it the bot connects', async () => {
    const discord = await start();
    discord.refuseIntents(['MessageContent']);
    const refused = unconnected(discord);
    const code = new Promise((resolve) => refused.on('shardDisconnect', (event) => resolve(event.code)));
    refused.login(discord.token).catch(() => {});
    expect(await code).toBe(4014);
    const client = await connect(discord, { intents: WITHOUT_CONTENT });
    expect(client.isReady()).toBe(true);
  });

  test('events without their intent do not arrive', async () => {
    const { discord, guild, general, anna } = await startInGuild();
    const client = await connect(discord, { intents: [Guilds] });
    const raw: (string | null)[] = [];
    client.on('raw', (packet: { t: string | null }) => void raw.push(packet.t));
    anna.says(general, 'hello');
    anna.directMessages('hello');
    guild.textChannel('new');
    await discord.settled();
    expect(raw).toEqual(['CHANNEL_CREATE']);
  });
});

describe('interactions', () => {
  test('commands are registered, keep their ids, and come back with their translations on request', async () => {
    const discord = await start();
    const guild = discord.guild();
    const client = await connectWithCommands(discord);
    const before = discord.commands().map(({ id }) => id);
    await client.application.commands.set(COMMANDS);
    expect(discord.commands().map(({ id }) => id)).toEqual(before);
    const fetch = async (withLocalizations: boolean) => client.application.commands.fetch({ withLocalizations });
    const shop = async (translated: boolean) => (await fetch(translated)).find(({ name }) => name === 'shop');
    expect((await shop(false))?.options[0]?.nameLocalizations).toBeUndefined();
    expect((await shop(true))?.options[0]?.nameLocalizations).toEqual({ de: 'fragen' });
    const full = await fetch(true);
    expect(full.find(({ name }) => name === 'purge')?.defaultMemberPermissions?.has('ManageMessages')).toBe(true);
    await client.application.commands.set(COMMANDS, guild.id);
    expect(discord.commands(guild)).toHaveLength(3);
    expect((await client.application.fetch()).name).toBe('Bot');
  });

  test('a slash command with a subcommand is answered privately, with a deferral and follow-ups', async () => {
    const discord = await start();
    const guild = discord.guild({ locale: 'de' });
    const general = guild.textChannel('general');
    const anna = guild.member('Anna', { locale: 'de' });
    const ben = guild.member('Ben');
    const client = await connectWithCommands(discord);
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const asked = interaction.options.getString('question', true);
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(
        `${interaction.options.getSubcommand()} ${asked} ${interaction.locale} ${interaction.guildLocale}`,
      );
      const more = await interaction.followUp({ content: 'for all', components: [row(button('a'))] });
      await more.edit('for all, edited');
    });
    const run = await anna.runs('shop fragen', { frage: 'wann?' }, { channel: general });
    expect(run.content).toBe('ask wann? de de');
    expect(run.ephemeral).toBe(true);
    await discord.settled();
    expect(general.visibleTo(anna).map(({ content }) => content)).toEqual(['ask wann? de de', 'for all, edited']);
    expect(general.visibleTo(ben).map(({ content }) => content)).toEqual(['for all, edited']);
    expect(run.followUps[0]?.labels).toEqual(['a']);
  });

  test('an answer can be asked for with the response, fetched and deleted', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connectWithCommands(discord);
    const seen: unknown[] = [];
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { resource } = await interaction.reply({ content: 'here', withResponse: true });
      seen.push(resource?.message?.id, (await interaction.fetchReply()).id);
      await interaction.deleteReply();
      seen.push(await refusal(interaction.fetchReply()));
    });
    const run = await anna.runs('shop ask', { question: 'x' }, { channel: general });
    await run.message.gone();
    await discord.settled();
    expect(seen).toEqual([run.message.id, run.message.id, '404 10008']);
  });

  test('autocomplete offers choices for what somebody types', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connectWithCommands(discord);
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed}…`, value: typed }]);
    });
    const choices = await anna.types('shop ask', 'question', 'wan', { channel: general });
    expect(choices).toEqual([{ name: 'wan…', value: 'wan' }]);
  });

  test('the context menu of a message carries its content even without the intent', async () => {
    const { discord, guild, general, anna } = await startInGuild();
    const message = guild.member('Ben').says(general, 'what is it?');
    const client = await connectWithCommands(discord, { intents: WITHOUT_CONTENT });
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      await interaction.reply({
        content: `about: ${interaction.targetMessage.content}`,
        flags: MessageFlags.Ephemeral,
      });
    });
    expect((await anna.rightClicks('Answer this', message)).content).toBe('about: what is it?');
  });

  test('buttons update, acknowledge in silence, dismiss and open forms', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isModalSubmit()) await interaction.reply(`form: ${interaction.fields.getTextInputValue('why')}`);
      if (!interaction.isButton()) return;
      if (interaction.customId === 'update') {
        await interaction.update({ content: 'updated', components: interaction.message.components });
      }
      if (interaction.customId === 'quiet') await interaction.deferUpdate();
      if (interaction.customId === 'dismiss') {
        await interaction.deferUpdate();
        await interaction.deleteReply();
      }
      if (interaction.customId === 'form') {
        const input = new TextInputBuilder().setCustomId('why').setLabel('Why?').setStyle(TextInputStyle.Short);
        await interaction.showModal(
          new ModalBuilder()
            .setCustomId('reason')
            .setTitle('Reason')
            .addComponents(new ActionRowBuilder<TextInputBuilder>().addComponents(input)),
        );
      }
    });
    const channel = await textChannel(discord, general, client);
    const { id } = await channel.send({
      content: 'choose',
      components: [row(button('update', 'Update'), button('quiet'), button('dismiss'), button('form'))],
    });
    const message = general.messages.get(id);
    if (!message) throw new Error('The message is not there.');
    expect((await anna.clicks(message, 'Update')).content).toBe('updated');
    await anna.clicks(message, { customId: 'quiet' });
    expect(message.labels).toEqual(['Update', 'quiet', 'dismiss', 'form']);
    const opened = await anna.clicks(message, 'form');
    expect(opened.modal?.title).toBe('Reason');
    expect((await anna.submits(opened, { why: 'because' })).content).toBe('form: because');
    await anna.clicks(message, 'dismiss');
    expect(message.deleted).toBe(true);
    await expect(anna.clicks(message, 'Update')).rejects.toThrow('does not see');
  });

  test('a menu gives what was chosen, and a forged custom id reaches the bot', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    client.on('interactionCreate', async (interaction) => {
      if (interaction.isStringSelectMenu()) await interaction.reply(`chosen: ${interaction.values.join()}`);
      if (interaction.isButton()) await interaction.reply(`clicked: ${interaction.customId}`);
    });
    const menu = new StringSelectMenuBuilder()
      .setCustomId('topics')
      .addOptions({ label: 'Fees', value: 'fees' }, { label: 'Limits', value: 'limits' });
    const { id } = await (await textChannel(discord, general, client)).send({
      content: 'topics',
      components: [new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)],
    });
    const message = general.messages.get(id);
    if (!message) throw new Error('The message is not there.');
    expect((await anna.chooses(message, { customId: 'topics' }, 'Limits')).content).toBe('chosen: limits');
    await expect(anna.clicks(message, { customId: 'admin' })).rejects.toThrow('no button');
    expect((await anna.clicks(message, { customId: 'admin', forged: true })).content).toBe('clicked: admin');
  });

  test('a late first answer is refused with 10062, a second one with 40060', async () => {
    const clock = new FakeClock();
    const { discord, general, anna } = await startInGuild({ clock, interactionDeadlineMs: 3_000 });
    const client = await connectWithCommands(discord);
    const codes: string[] = [];
    let isLate = true;
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      if (isLate) await clock.advance(3_001);
      codes.push(await refusal(interaction.reply('here I am')));
      interaction.replied = false;
      codes.push(await refusal(interaction.reply('again')));
    });
    await expect(anna.runs('shop ask', { question: 'x' }, { channel: general })).rejects.toThrow(
      ApplicationDidNotRespond,
    );
    await discord.until('two refusals', () => (codes.length === 2 ? true : undefined));
    isLate = false;
    expect((await anna.runs('shop ask', { question: 'x' }, { channel: general }))?.content).toBe('here I am');
    await discord.settled();
    expect(codes).toEqual(['404 10062', '404 10062', 'accepted', '400 40060']);
  });

  test('after the life of its token, an interaction takes no more follow-ups', async () => {
    const clock = new FakeClock();
    const { discord, general } = await startInGuild({ clock });
    const client = await connectWithCommands(discord);
    const codes: string[] = [];
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply('first');
      await clock.advance(15 * 60_000 + 1);
      codes.push(await refusal(interaction.followUp('too late')));
    });
    await general.guild?.member('Anna').runs('shop ask', { question: 'x' }, { channel: general });
    await discord.until('a refusal', () => codes[0]);
    expect(codes).toEqual(['401 50027']);
  });

  test('a command for moderators is shown to moderators only', async () => {
    const discord = await start();
    const guild = discord.guild();
    const channel = guild.textChannel('general');
    const client = await connectWithCommands(discord);
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply(`may: ${interaction.memberPermissions?.has('ManageMessages')}`);
    });
    const moderator = guild.member('Mod', { permissions: ['ManageMessages'] });
    const anna = guild.member('Anna');
    expect((await moderator.runs('purge', {}, { channel })).content).toBe('may: true');
    await expect(anna.runs('purge', {}, { channel })).rejects.toThrow('Discord shows no command “purge” to Anna');
    expect((await anna.runs('purge', {}, { channel, forced: true })).content).toBe('may: false');
  });

  test('who installed the app for themselves uses it in foreign servers and private conversations', async () => {
    const discord = await start();
    const foreign = discord.guild({ withBot: false });
    const square = foreign.textChannel('square');
    const anna = foreign.member('Anna');
    const ben = foreign.member('Ben');
    const client = await connectWithCommands(discord);
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const { guildId, userId } = interaction.authorizingIntegrationOwners;
      const owners = [guildId && `guild ${guildId === '0' ? 0 : 'id'}`, userId && 'user'].filter(Boolean).join();
      await interaction.reply(
        `context ${interaction.context}, owners ${owners}, cached ${interaction.inCachedGuild()}`,
      );
    });
    const options = { question: 'x' };
    await expect(anna.runs('shop ask', options, { channel: square })).rejects.toThrow('shows no command');
    anna.installsTheApp();
    const run = await anna.runs('shop ask', options, { channel: square });
    expect(run.content).toBe('context 0, owners user, cached false');
    expect(square.visibleTo(ben)).toEqual([run.message]);
    expect((await anna.runs('shop ask', options)).content).toBe('context 1, owners guild 0,user, cached false');
    const chat = discord.privateChannel(anna, ben);
    expect((await anna.runs('shop ask', options, { channel: chat })).content).toBe(
      'context 2, owners user, cached false',
    );
    foreign.everyone.permissions &= ~PermissionFlagsBits.UseExternalApps;
    expect((await anna.runs('shop ask', options, { channel: square })).ephemeral).toBe(true);
  });
});

describe('permissions and refusals', () => {
  test('Discord refuses what a bot may not do, with its own codes', async () => {
    const { discord, general, anna } = await startInGuild();
    const client = await connect(discord);
    const channel = await textChannel(discord, general, client);
    const theirs = anna.says(general, 'mine');
    const remote = await channel.messages.fetch(theirs.id);

    expect(await refusal(remote.delete())).toBe('403 50013');
    general.allow(discord.bot, 'ManageMessages');
    expect(
      await refusal(client.rest.patch(`/channels/${general.id}/messages/${theirs.id}`, { body: { content: 'x' } })),
    ).toBe('403 50005');
    general.deny(discord.bot, 'EmbedLinks');
    expect(await refusal(channel.send({ embeds: [{ title: 'x' }] }))).toBe('403 50013');
    general.deny(discord.bot, 'ReadMessageHistory');
    expect(await refusal(remote.reply('x'))).toBe('400 160002');
    general.deny('everyone', 'SendMessages');
    expect(await refusal(channel.send('x'))).toBe('403 50013');
    general.deny(discord.bot, 'ViewChannel');
    expect(await refusal(channel.send('x'))).toBe('403 50001');
    general.allow(discord.bot, 'ViewChannel', 'SendMessages', 'ReadMessageHistory');
    expect(await refusal(channel.send('x'))).toBe('accepted');

    anna.deletes(theirs);
    expect(await refusal(channel.send({ content: 'x', reply: { messageReference: theirs.id } }))).toBe('400 50035');
    const lenient = { content: 'x', reply: { messageReference: theirs.id, failIfNotExists: false } };
    expect(await refusal(channel.send(lenient))).toBe('accepted');
    expect(await refusal(remote.delete())).toBe('404 10008');
    general.delete();
    expect(await refusal(client.rest.post(`/channels/${general.id}/messages`, { body: { content: 'x' } }))).toBe(
      '404 10003',
    );
    expect(await refusal(client.rest.get(`/guilds/${anna.id}`))).toBe('404 10004');
  });

  test('threads need a permission of their own, and locked ones take nothing', async () => {
    const { discord, guild, general } = await startInGuild();
    const thread = guild.member('Anna').startsThread(general, 'a thread');
    const client = await connect(discord);
    const channel = await textChannel(discord, thread, client);
    general.deny(discord.bot, 'SendMessages');
    expect(await refusal(channel.send('x'))).toBe('accepted');
    general.deny(discord.bot, 'SendMessagesInThreads');
    expect(await refusal(channel.send('x'))).toBe('403 50013');
    general.allow(discord.bot, 'SendMessagesInThreads');
    thread.archive(true);
    expect(await refusal(channel.send('x'))).toBe('400 160005');
  });

  test('what the bot cannot see is not told to it', async () => {
    const discord = await start();
    const guild = discord.guild();
    const hidden = guild.textChannel('hidden');
    hidden.deny(discord.bot, 'ViewChannel');
    const heard = echo(await connect(discord));
    guild.member('Anna').says(hidden, `${discord.bot.mention} hello`);
    await discord.settled();
    expect(heard).toEqual([]);
  });

  test('a wrong token is refused, by REST with 401 and by the gateway with 4004', async () => {
    const discord = await start();
    const client = unconnected(discord);
    await expect(client.login('MTIz.wrong.token')).rejects.toThrow('invalid token');
    const rest = new REST({ api: discord.api }).setToken('wrong');
    expect(await refusal(rest.get('/users/@me'))).toBe('401 0');
    const { default: WebSocket } = await import('ws');
    const { url } = (await new REST({ api: discord.api }).get('/gateway', { auth: false })) as { url: string };
    const socket = new WebSocket(`${url}?v=10&encoding=json`);
    socket.on('message', () =>
      socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 1, properties: {} } })),
    );
    expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4004);
  });
});

describe('validation', () => {
  test('what Discord does not accept is refused, and fails the test', async () => {
    const { discord, general } = await startInGuild();
    const client = await connect(discord);
    const path = `/channels/${general.id}/messages` as const;
    const send = async (body: object) => {
      const outcome = await refusal(client.rest.post(path, { body }));
      return [outcome, ...discord.takeViolations().map(({ problem }) => problem)];
    };
    const plain = (id: string, label = 'x') => ({ type: 2, style: 2, custom_id: id, label });
    const rows = (...components: object[]) => ({
      components: components.map((inner) => ({ type: 1, components: [inner] })),
    });

    expect(await send({ content: '😀'.repeat(2000) })).toEqual(['accepted']);
    expect(await send({ content: 'x'.repeat(2001) })).toEqual(['400 50035', expect.stringContaining('content')]);
    expect(await send({ content: '' })).toEqual(['400 50006', expect.stringContaining('nothing in it')]);
    expect(await send({ content: 'x', colour: 'red' })).toEqual(['accepted', expect.stringContaining('colour')]);
    expect(await send({ content: 7 })).toEqual(['400 50035', expect.stringContaining('content')]);
    expect(await send(rows(plain('a'), plain('a')))).toEqual(['400 50035', expect.stringContaining('duplicated')]);
    expect(await send(rows(plain('a'.repeat(101))))).toEqual(['400 50035', expect.stringContaining('custom_id')]);
    expect(await send(rows(plain('a', 'x'.repeat(81))))).toEqual(['400 50035', expect.stringContaining('label')]);
    expect(await send(rows({ ...plain('a'), label: null }))).toEqual(['400 50035', expect.stringContaining('label')]);
    expect(await send(rows(...[1, 2, 3, 4, 5, 6].map((id) => plain(`${id}`))))).toEqual([
      '400 50035',
      expect.stringContaining('components'),
    ]);
    const six = { components: [{ type: 1, components: [1, 2, 3, 4, 5, 6].map((id) => plain(`${id}`)) }] };
    expect(await send(six)).toEqual(['400 50035', expect.stringContaining('components')]);
    const long = { description: 'x'.repeat(3001) };
    expect(await send({ embeds: [long, long] })).toEqual(['400 50035', expect.stringContaining('6000')]);
    expect(await send({ content: 'x', flags: MessageFlags.Ephemeral })).toEqual([
      '400 50035',
      expect.stringContaining('flags'),
    ]);
    expect(await send({ content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } })).toEqual([
      '400 50035',
      expect.stringContaining('mutually exclusive'),
    ]);
    expect(general.fromBot).toHaveLength(2);
  });

  test('an unknown route is answered with 404 and fails the test', async () => {
    const discord = await start();
    const client = await connect(discord);
    expect(await refusal(client.rest.get('/channels/general/messages'))).toBe('404 0');
    expect(await refusal(client.rest.get('/users/@me/friends'))).toBe('404 0');
    await client.destroy();
    await expect(discord.close()).rejects.toThrow('/users/@me/friends: Discord has no such route');
    delete running.discord;
  });

  test('too many choices, wrong kinds of answer and bad commands are refused', async () => {
    const clock = new FakeClock();
    const { discord, general, anna } = await startInGuild({ clock, interactionDeadlineMs: 3_000 });
    const client = await connectWithCommands(discord);
    const codes: string[] = [];
    client.on('interactionCreate', async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const choices = Array.from({ length: 26 }, (_, index) => ({ name: `${index}`, value: `${index}` }));
      codes.push(await refusal(interaction.respond(choices)));
      const callback = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
      codes.push(await refusal(client.rest.post(callback, { auth: false, body: { type: 4, data: { content: 'x' } } })));
      await clock.advance(3_001);
    });
    await expect(anna.types('shop ask', 'question', 'x', { channel: general })).rejects.toThrow(
      ApplicationDidNotRespond,
    );
    const register = (command: object) =>
      refusal(client.rest.put(`/applications/${discord.applicationId}/commands`, { body: [command] }));
    codes.push(await register({ name: 'Not Lower Case', description: 'x' }));
    codes.push(await register({ name: 'ok' }));
    codes.push(await register({ name: 'ok', description: 'x'.repeat(101) }));
    codes.push(await register({ name: 'ok', description: 'x', name_localizations: { xx: 'ok' } }));
    expect(codes).toEqual(Array(6).fill('400 50035'));
    expect(discord.takeViolations()).toHaveLength(6);
  });
});

describe('an unreliable network', () => {
  test('a dropped connection is resumed, and nothing is lost or doubled', async () => {
    const { discord, general, anna } = await startInGuild();
    const heard = echo(await connect(discord));
    anna.says(general, 'before');
    await discord.settled();
    discord.drop();
    const asked = anna.says(general, `${discord.bot.mention} during`);
    await asked.reply();
    anna.says(general, 'after');
    await discord.settled();
    expect(heard.map(({ content }) => content)).toEqual(['before', `${discord.bot.mention} during`, 'after']);
    expect(asked.replies).toHaveLength(1);
    expect(discord.sessions).toEqual({ identified: 1, resumed: 1 });
  });

  test('a request to reconnect and a resumable invalid session are resumed', async () => {
    const discord = await start();
    const heard = echo(await connect(discord));
    const anna = discord.person('Anna');
    discord.requestReconnect();
    anna.directMessages('one');
    await discord.settled();
    discord.invalidateSession(true);
    anna.directMessages('two');
    await discord.settled();
    expect(heard.map(({ content }) => content)).toEqual(['one', 'two']);
    expect(discord.sessions).toEqual({ identified: 1, resumed: 2 });
  });

  test('after an invalid session, or one that timed out, the bot identifies anew', async () => {
    const discord = await start();
    // discord.js leaves 5 s between two IDENTIFYs; nobody here has the time.
    const buildIdentifyThrottler = async () => ({ waitForIdentify: async () => {} });
    const heard = echo(await connect(discord, { ws: { buildIdentifyThrottler } }));
    const anna = discord.person('Anna');
    discord.invalidateSession(false);
    await discord.settled();
    await anna.directMessages('hello').reply();
    expect(heard).toHaveLength(1);
    expect(discord.sessions).toEqual({ identified: 2, resumed: 0 });
    discord.closeGateway(4009);
    await discord.settled();
    await anna.directMessages('hello again').reply();
    expect(discord.sessions.identified).toBe(3);
  });

  test('without acknowledged heartbeats the bot takes the connection for dead and resumes', async () => {
    const discord = await start({ heartbeatIntervalMs: 60 });
    await connect(discord);
    discord.acknowledgesHeartbeats = false;
    await discord.until('a dead connection', () => (discord.sessions.resumed > 0 ? true : undefined));
    discord.acknowledgesHeartbeats = true;
    await discord.settled();
  });

  test('an event can be delivered twice: a client without a cache of messages hears it twice', async () => {
    const discord = await start();
    const anna = discord.guild().member('Anna');
    const makeCache = Options.cacheWithLimits({ MessageManager: 0 });
    const heard = echo(await connect(discord, { makeCache }));
    discord.deliverTwice = true;
    anna.directMessages('hello');
    await discord.settled();
    expect(heard).toHaveLength(2);
  });

  test('429 is waited out, by route and for all, and the bot is idle only after it', async () => {
    const { discord, general } = await startInGuild();
    const client = await connect(discord);
    const channel = await textChannel(discord, general, client);
    discord.nextResponse('POST /channels/:id/messages', { status: 429, retryAfterMs: 60 });
    void channel.send('one');
    await discord.settled();
    discord.nextResponse('*', { status: 429, retryAfterMs: 60, global: true });
    void channel.send('two');
    await discord.settled();
    expect(general.fromBot.map(({ content }) => content)).toEqual(['one', 'two']);
    expect(discord.requests.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  test('limits of a route are told in headers, and the client keeps to them', async () => {
    const route = 'POST /channels/{channel_id}/messages';
    const { discord, general } = await startInGuild({ rateLimits: { [route]: { requests: 2, perMs: 100 } } });
    const channel = await textChannel(discord, general, await connect(discord));
    for (const text of ['one', 'two', 'three', 'four', 'five']) await channel.send(text);
    expect(general.fromBot).toHaveLength(5);
    expect(discord.requests.filter(({ status }) => status === 429)).toEqual([]);
  });

  test('500 and 502 with HTML are errors to the bot; an answer can be lost after the request took effect', async () => {
    const { discord, general } = await startInGuild();
    const client = await connect(discord, { rest: { retries: 1 } });
    const channel = await textChannel(discord, general, client);
    discord.nextResponse('POST /channels/:id/messages', { status: 502, times: 2 });
    await expect(channel.send('never')).rejects.toThrow(HTTPError);
    discord.nextResponse('POST /channels/:id/messages', { status: 500 });
    await channel.send('at the second attempt');
    discord.nextResponse('POST /channels/:id/messages', { status: 500, takesEffect: true });
    await channel.send({ content: 'once', nonce: '1', enforceNonce: true });
    expect(general.fromBot.map(({ content }) => content)).toEqual(['at the second attempt', 'once']);
  });
});

describe('guilds at run time', () => {
  test('the bot enters and leaves guilds, and outages are no leaving', async () => {
    const discord = await start();
    const client = await connect(discord);
    const events: string[] = [];
    client.on('guildCreate', ({ name }) => void events.push(`create ${name}`));
    client.on('guildDelete', ({ name }) => void events.push(`delete ${name}`));
    client.on('guildUnavailable', ({ name }) => void events.push(`outage ${name}`));
    client.on('guildAvailable', ({ name }) => void events.push(`back ${name}`));
    const guild = discord.guild({ name: 'New' });
    guild.becomesUnavailable();
    guild.returns();
    guild.removeBot();
    discord.guild({ name: 'Other' }).delete();
    await discord.settled();
    expect(events).toEqual(['create New', 'outage New', 'back New', 'delete New', 'create Other', 'delete Other']);
  });

  test('permissions that change are known to the bot at once', async () => {
    const discord = await start();
    const guild = discord.guild({ botPermissions: ['ManageMessages'] });
    const general = guild.textChannel('general');
    const client = await connect(discord);
    const may = () => {
      const channel = client.channels.cache.get(general.id);
      return channel && !channel.isDMBased() && channel.permissionsFor(client.user)?.has('ManageMessages');
    };
    expect(may()).toBe(true);
    guild.revoke(discord.bot, 'ManageMessages');
    await discord.settled();
    expect(may()).toBe(false);
    general.allow(discord.bot, 'ManageMessages');
    await discord.settled();
    expect(may()).toBe(true);
  });

  test('shards are told of their own guilds only, and the first one of direct messages', async () => {
    const discord = await start({ shards: 2 });
    const guilds = Array.from({ length: 6 }, (_, index) => discord.guild({ name: `${index}` }));
    const client = await connect(discord, { shards: 'auto' });
    expect(client.ws.shards.size).toBe(2);
    expect(client.guilds.cache.size).toBe(6);
    for (const { id } of guilds) {
      expect(client.guilds.cache.get(id)?.shardId).toBe(Number((BigInt(id) >> 22n) % 2n));
    }
    const heard = echo(client);
    discord.person('Anna').directMessages('hello');
    await discord.settled();
    expect(heard).toHaveLength(1);
  });

  test('it says how many shards may identify at once, and to which of them a server belongs', async () => {
    const discord = await start({ shards: 8, maxConcurrency: 4 });
    const guilds = [0, 5, 7].map((shard) => discord.guild({ shard: [shard, 8] }));
    expect(guilds.map(({ id }) => (BigInt(id) >> 22n) % 8n)).toEqual([0n, 5n, 7n]);
    const response = await fetch(`${discord.api}/v10/gateway/bot`, {
      headers: { Authorization: `Bot ${discord.token}`, 'User-Agent': 'DiscordBot (https://example.com, 1)' },
    });
    expect(await response.json()).toMatchObject({ shards: 8, session_start_limit: { max_concurrency: 4 } });
  });

  test('of a bucket, one shard may identify in five seconds; another one has an invalid session', async () => {
    const discord = await start({ maxConcurrency: 2 });
    const { url } = (await new REST({ api: discord.api })
      .setToken(discord.token)
      .get(Routes.gatewayBot())) as APIGatewayBotInfo;
    /** What a shard that identifies is told first. */
    const identify = async (shard: number) => {
      const socket = new WebSocket(`${url}?v=10&encoding=json`);
      onTestFinished(() => socket.close());
      await once(socket, 'message');
      const d = { token: discord.token, intents: 0, properties: {}, shard: [shard, 4] };
      socket.send(JSON.stringify({ op: GatewayOpcodes.Identify, d }));
      const [told] = await once(socket, 'message');
      return JSON.parse(String(told)) as { readonly op: number; readonly t: string | null; readonly d: unknown };
    };
    expect(await identify(0)).toMatchObject({ t: 'READY' });
    expect(await identify(1)).toMatchObject({ t: 'READY' });
    expect(await identify(2)).toMatchObject({ op: GatewayOpcodes.InvalidSession, d: false });
    expect(discord.identifiedTooSoon).toEqual([2]);
    expect(discord.shards).toEqual([0, 1]);
  });

  test('a compressed connection says the same', async () => {
    const discord = await start({ heartbeatIntervalMs: 41_250 });
    const { default: WebSocket } = await import('ws');
    const { createInflate, constants } = await import('node:zlib');
    const { url } = (await new REST({ api: discord.api }).get('/gateway', { auth: false })) as { url: string };
    const socket = new WebSocket(`${url}?v=10&encoding=json&compress=zlib-stream`);
    const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
    socket.on('message', (data: Buffer) => inflate.write(data));
    const hello = await new Promise<string>((resolve) => inflate.on('data', (chunk) => resolve(String(chunk))));
    expect(JSON.parse(hello)).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } });
    socket.terminate();
  });
});

test('guilds, members, threads and typing are to be had over REST', async () => {
  const discord = await start();
  const guild = discord.guild({ name: 'Here' });
  const general = guild.textChannel('general');
  const forum = guild.forum('help');
  const anna = guild.member('Anna');
  const client = await connect(discord);
  const here = await client.guilds.fetch({ guild: guild.id, force: true });
  expect(here.name).toBe('Here');
  expect((await here.members.fetch({ user: anna.id, force: true })).displayName).toBe('Anna');
  expect((await here.members.fetch({ user: [anna.id] })).size).toBe(1);
  expect((await here.members.search({ query: 'ann' })).size).toBe(1);
  expect((await here.roles.fetch()).size).toBe(2);
  expect((await here.channels.fetch()).size).toBe(2);
  expect((await client.users.fetch(anna.id, { force: true })).globalName).toBe('Anna');
  const channel = await textChannel(discord, general, client);
  await channel.sendTyping();
  expect(general.typingShown).toBe(1);
  const asked = await channel.messages.fetch(anna.says(general, 'hm').id);
  const thread = await asked.startThread({ name: 'about that' });
  await thread.send('in the thread');
  const again = client.rest.post(`/channels/${general.id}/messages/${asked.id}/threads`, { body: { name: 'again' } });
  expect(await refusal(again)).toBe('400 160004');
  await thread.setArchived(true);
  expect((await here.channels.fetchActiveThreads()).threads.size).toBe(0);
  const help = await client.channels.fetch(forum.id);
  if (!help?.isThreadOnly()) throw new Error('That is no forum.');
  const posted = await help.threads.create({ name: 'A post', message: { content: 'first' } });
  expect((await posted.fetchStarterMessage())?.content).toBe('first');
  expect((await here.channels.fetchActiveThreads()).threads.size).toBe(1);
});

test('200 people in 50 channels are each answered once', async () => {
  const discord = await start();
  const guild = discord.guild();
  const channels = Array.from({ length: 50 }, (_, index) => guild.textChannel(`channel-${index}`));
  const people = Array.from({ length: 200 }, (_, index) => guild.member(`Person ${index}`));
  echo(await connect(discord));
  const asked = people.map((person, index) => {
    const channel = channels[index % channels.length];
    if (!channel) throw new Error('There are too few channels.');
    return person.says(channel, `${discord.bot.mention} ${index}`);
  });
  await discord.settled();
  expect(asked.map((message) => message.replies.length)).toEqual(Array(200).fill(1));
});

test('who waits in vain is told what the bot did instead', async () => {
  const { discord, guild, general } = await startInGuild({ patienceMs: 50 });
  await connect(discord);
  const message = guild.member('Anna').says(general, 'hello?');
  await expect(message.reply()).rejects.toThrow(
    /Waited 50 ms for an answer to “hello\?” in #general\.\nThe bot's last requests:\n {2}GET \/gateway\/bot → 200/,
  );
});
