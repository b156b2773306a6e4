import {
  type ChatInputCommandInteraction,
  type GuildTextBasedChannel,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { briefly } from '../operation/follow-knowledge.ts';
import { CHANNEL_MODES } from '../storage/channel-settings.ts';
import { SERVERS_LANGUAGE } from './commands.ts';
import { type BotContext, languageOf, languageOfLocale, tell, whereIs } from './context.ts';
import { missingPermissions } from './permissions.ts';
import { asEphemeral, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import { topicNamed } from './topic-search.ts';
import { settingsAt, settingsHolder } from './trigger.ts';

const SHOWN_VOTES = 5;

type Interaction = ChatInputCommandInteraction;

/** A moderator's command, and what it is answered with. */
interface Run {
  readonly interaction: Interaction;
  readonly context: BotContext;
  readonly texts: DiscordTexts;
  readonly language: Language;
  /** `undefined` where the bot isn't a member of the server. */
  readonly channel: GuildTextBasedChannel | undefined;
}

/** Runs `post`, `channel` or `status` for a moderator, by what Discord computed for them in this channel. */
export async function moderate(interaction: Interaction, command: string, context: BotContext): Promise<void> {
  const language = languageOf(interaction, context);
  const texts = DISCORD_TEXTS[language];
  if (!interaction.inGuild()) return tell(interaction, texts.onlyOnServers);
  const isModerator = interaction.memberPermissions.has(PermissionFlagsBits.ManageMessages);
  if (!isModerator) return tell(interaction, texts.needsManageMessages);
  const channel = interaction.inCachedGuild() ? (interaction.channel ?? undefined) : undefined;
  const run: Run = { interaction, context, texts, language, channel };
  if (command === 'post') return post(run);
  if (!channel) return tell(interaction, texts.onlyOnServers);
  if (command === 'channel') await setChannel(run, channel);
  const lines = command === 'status' ? await status(run) : [];
  await tell(interaction, ...settings(run, channel), ...lines);
}

async function post(run: Run): Promise<void> {
  const { interaction, texts } = run;
  const { channels, live, log } = run.context;
  const { engine } = live;
  const { options } = interaction;
  const topic = topicNamed(options.getString('topic', true), engine);
  if (!topic) return tell(interaction, texts.noSuchTopic);
  const member = options.getUser('member');
  const language =
    languageNamed(options.getString('language')) ??
    settingsAt(interaction.channel, channels).language ??
    languageOfLocale(interaction.guildLocale) ??
    engine.defaultLanguage;
  const audience = { asker: member?.id ?? interaction.user.id, isPrivate: false };
  const answer = replyMessage(engine.answer([topic], language), audience, engine.knowledge);
  const users = member ? [member.id] : [];
  const content = member ? `${member}\n${answer.content}` : answer.content;
  const message: ReplyMessage = { ...answer, content, allowedMentions: { parse: [], users, repliedUser: false } };
  const named = options.getString('reply-to');
  if (named === null) await interaction.reply(message);
  else {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const reply = await replyTo(named, message, run);
    const text = typeof reply === 'string' ? reply : texts.posted(reply.url);
    try {
      await interaction.editReply(text).catch(() => interaction.followUp(asEphemeral(plainMessage(text))));
    } catch (error) {
      // The answer may be there, so the moderator must not be told that posting failed.
      logFailure(log, error, 'telling a moderator whether an answer was posted', whereIs(interaction));
    }
    if (typeof reply === 'string') return;
  }
  log.info({ ...whereIs(interaction), topic, language }, 'posted');
}

/** Replies to a message, named by its link or id; returns the reply, or why there is none. */
async function replyTo(named: string, message: ReplyMessage, { channel, texts, language, context }: Run) {
  if (!channel) return texts.onlyOnServers;
  const target = messageNamed(named);
  if ((target?.channel ?? channel.id) !== channel.id) return texts.otherChannel;
  const missing = missingPermissions(channel, language);
  if (missing.length > 0) return texts.missing(missing.join(', '));
  const found = target && channel.messages.fetch(target.message);
  const isThere = await found?.catch((error: unknown) => logFailure(context.log, error, 'looking for a message'));
  if (!target || !isThere) return texts.noSuchMessage;
  return channel.send({ ...message, reply: { messageReference: target.message } });
}

async function setChannel({ interaction: { options }, context }: Run, channel: GuildTextBasedChannel): Promise<void> {
  const { channels, log } = context;
  const before = settingsAt(channel, channels);
  const mode = CHANNEL_MODES.find((known) => known === options.getString('mode', true)) ?? before.mode;
  const wanted = options.getString('language');
  const language = wanted === SERVERS_LANGUAGE ? undefined : (languageNamed(wanted) ?? before.language);
  const holder = settingsHolder(channel);
  await channels.set(holder, channel.guildId, { mode, language });
  log.info({ guild: channel.guildId, channel: holder, mode, language }, 'channel set');
}

function settings({ texts, language, context }: Run, channel: GuildTextBasedChannel): string[] {
  const { channels, live, readsContent } = context;
  const set = settingsAt(channel, channels);
  const missing = missingPermissions(channel, language);
  return [
    texts.setting(`<#${settingsHolder(channel)}>`, set.mode),
    texts.modes(live.engine.subject)[set.mode],
    texts.languageSet(set.language),
    missing.length > 0 ? texts.missing(missing.join(', ')) : texts.nothingMissing,
    ...(readsContent ? [] : [texts.contentOff]),
  ];
}

/** Which knowledge is loaded, whether questions are recorded, and how the answers are rated. */
async function status({ texts, context }: Run): Promise<string[]> {
  const { live, recorder } = context;
  const { engine, loadedAt, refused } = live;
  const { topics, version } = engine.knowledge;
  const [problem] = refused;
  return [
    texts.knowledge(topics.length, version, Math.floor(loadedAt / 1_000)),
    ...(problem ? [texts.knowledgeRefused(refused.length, briefly(problem))] : []),
    texts.recording(recorder !== undefined),
    ...(await votes(texts, context)),
  ];
}

/** The votes of all topics that still exist; nothing while the database can't be read. */
async function votes(texts: DiscordTexts, { feedback, live, log }: BotContext): Promise<string[]> {
  try {
    const rated = (await feedback.all()).flatMap((vote) => {
      const topic = live.engine.knowledge.topics.find(({ id }) => id === vote.topic);
      return topic && vote.helpful + vote.unhelpful > 0 ? [{ ...vote, title: topic[vote.language].title }] : [];
    });
    if (rated.length === 0) return [];
    const sum = (of: 'helpful' | 'unhelpful') => rated.reduce((total, vote) => total + vote[of], 0);
    const lowest = rated
      .toSorted((a, b) => b.unhelpful - b.helpful - (a.unhelpful - a.helpful))
      .slice(0, SHOWN_VOTES)
      .map(({ title, helpful, unhelpful }) => `- ${title} (👍 ${helpful} · 👎 ${unhelpful})`);
    return [texts.votes(sum('helpful'), sum('unhelpful')), ...lowest];
  } catch (error) {
    logFailure(log, error, 'reading the votes');
    return [];
  }
}

function languageNamed(value: string | null): Language | undefined {
  return LANGUAGES.find((language) => language === value);
}

/** A message by its id or its link, of whatever host serves Discord; a link says in which channel the message is. */
function messageNamed(text: string): { channel: string | undefined; message: string } | undefined {
  const link =
    /^<?(?:https?:\/\/)?[\w.:-]+\/channels\/(?:\d+|@me)\/(?<channel>\d{15,20})\/(?<message>\d{15,20})\/?(?:[?#]\S*)?>?$/;
  const id = /^(?:(?<channel>\d{15,20})-)?(?<message>\d{15,20})$/;
  const { channel, message } = link.exec(text.trim())?.groups ?? id.exec(text.trim())?.groups ?? {};
  return message === undefined ? undefined : { channel, message };
}
