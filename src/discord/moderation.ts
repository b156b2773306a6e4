import { type ChatInputCommandInteraction, type GuildTextBasedChannel, MessageFlags } from 'discord.js';
import type { Logger } from 'pino';
import type { Language } from '../knowledge/knowledge.ts';
import { briefly } from '../knowledge/problem.ts';
import { CHANNEL_MODES } from '../storage/channel-settings.ts';
import { SERVERS_LANGUAGE } from './commands.ts';
import { attempt, type BotContext, languageOf, languageOfLocale, tell, whereIs } from './context.ts';
import { missingPermissions } from './permissions.ts';
import { languageAt } from './question.ts';
import { asEphemeral, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';
import { topicNamed } from './topic-search.ts';
import { settingsAt, settingsHolder } from './trigger.ts';

const SHOWN_VOTES = 5;

type Interaction = ChatInputCommandInteraction;
/** `null` where the bot isn't a member of the server. */
type Channel = GuildTextBasedChannel | null;

/** Runs `post`, `channel` or `status` for members who, as Discord says, may manage messages in this channel. */
export async function moderate(interaction: Interaction, command: string, context: BotContext): Promise<void> {
  const language = languageOf(interaction, context);
  const texts = DISCORD_TEXTS[language];
  if (!interaction.inGuild()) return tell(interaction, texts.onlyOnServers);
  const isModerator = interaction.memberPermissions.has('ManageMessages');
  if (!isModerator) return tell(interaction, texts.needsManageMessages);
  const channel = interaction.inCachedGuild() ? interaction.channel : null;
  if (command === 'post') return post(interaction, channel, language, context);
  if (!channel) return tell(interaction, texts.onlyOnServers);
  if (command === 'channel') await setChannel(interaction, channel, context);
  const lines = command === 'status' ? await status(language, context) : [];
  await tell(interaction, ...settings(channel, language, context), ...lines);
}

async function post(interaction: Interaction, channel: Channel, own: Language, context: BotContext): Promise<void> {
  const { live, log } = context;
  const { engine } = live;
  const { options } = interaction;
  const texts = DISCORD_TEXTS[own];
  const topic = topicNamed(options.getString('topic', true), engine);
  if (!topic) return tell(interaction, texts.noSuchTopic);
  const member = options.getUser('member');
  const language = languageOfLocale(options.getString('language')) ?? languageAt(interaction, context);
  const viewer = { asker: member?.id ?? interaction.user.id, isPrivate: false };
  const answer = replyMessage(engine.answer([topic], language), viewer, engine.knowledge);
  const users = member ? [member.id] : [];
  const content = member ? `${member}\n${answer.content}` : answer.content;
  const message = { ...answer, content, allowedMentions: { ...answer.allowedMentions, users } };
  const named = options.getString('reply-to');
  if (named === null) await interaction.reply(message);
  else {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const reply = await replyWith(named, message, channel, own, log);
    const text = typeof reply === 'string' ? reply : texts.posted(reply.url);
    // The answer may have been posted, so don't report a failure.
    await attempt(log, 'telling a moderator whether an answer was posted', whereIs(interaction), () =>
      interaction.editReply(text).catch(() => interaction.followUp(asEphemeral(plainMessage(text)))),
    );
    if (typeof reply === 'string') return;
  }
  log.info({ ...whereIs(interaction), topic, language }, 'posted');
}

/** A link to a message, on whatever host serves Discord. */
const LINK =
  /^<?(?:https?:\/\/)?[\w.:-]+\/channels\/(?:\d+|@me)\/(?<channel>\d{15,20})\/(?<message>\d{15,20})\/?(?:[?#]\S*)?>?$/;
const ID = /^(?:(?<channel>\d{15,20})-)?(?<message>\d{15,20})$/;

/** Replies to a message, named by its link or id; returns the reply, or why there is none. */
async function replyWith(named: string, message: ReplyMessage, channel: Channel, language: Language, log: Logger) {
  const texts = DISCORD_TEXTS[language];
  if (!channel) return texts.onlyOnServers;
  const text = named.trim();
  const { channel: its = channel.id, message: id } = (LINK.exec(text) ?? ID.exec(text))?.groups ?? {};
  if (its !== channel.id) return texts.otherChannel;
  const missing = missingPermissions(channel, language);
  if (missing.length > 0) return texts.missing(missing.join(', '));
  const target = id && (await attempt(log, 'looking for a message', {}, () => channel.messages.fetch(id)));
  if (!target) return texts.noSuchMessage;
  return channel.send({ ...message, reply: { messageReference: target } });
}

async function setChannel({ options }: Interaction, channel: GuildTextBasedChannel, context: BotContext) {
  const { channels, log } = context;
  const before = settingsAt(channel, channels);
  const mode = CHANNEL_MODES.find((known) => known === options.getString('mode', true)) ?? before.mode;
  const wanted = options.getString('language');
  const language = wanted === SERVERS_LANGUAGE ? undefined : (languageOfLocale(wanted) ?? before.language);
  const holder = settingsHolder(channel);
  await channels.set(holder, channel.guildId, { mode, language });
  log.info({ guild: channel.guildId, channel: holder, mode, language }, 'channel set');
}

function settings(channel: GuildTextBasedChannel, language: Language, context: BotContext): string[] {
  const { channels, live } = context;
  const texts = DISCORD_TEXTS[language];
  const set = settingsAt(channel, channels);
  const missing = missingPermissions(channel, language);
  return [
    texts.setting(`<#${settingsHolder(channel)}>`, set.mode),
    texts.modes(live.engine.subject)[set.mode],
    texts.languageSet(set.language),
    missing.length > 0 ? texts.missing(missing.join(', ')) : texts.nothingMissing,
    ...(channel.client.options.intents.has('MessageContent') ? [] : [texts.contentOff]),
  ];
}

/** Which knowledge is loaded, whether questions are recorded, and how the answers are rated. */
async function status(language: Language, { feedback, live, log, recorder }: BotContext): Promise<string[]> {
  const texts = DISCORD_TEXTS[language];
  const { engine, loadedAt, refused } = live;
  const { topics, version } = engine.knowledge;
  const [problem] = refused;
  const votes = await attempt(log, 'reading the votes', {}, () => feedback.all());
  const rated = (votes ?? []).flatMap((vote) => {
    const topic = topics.find(({ id }) => id === vote.topic);
    return topic && vote.helpful + vote.unhelpful > 0 ? [{ ...vote, title: topic[vote.language].title }] : [];
  });
  const sum = (of: 'helpful' | 'unhelpful') => rated.reduce((total, vote) => total + vote[of], 0);
  const lowest = rated
    .filter(({ unhelpful }) => unhelpful > 0)
    .sort((a, b) => b.unhelpful - b.helpful - (a.unhelpful - a.helpful))
    .slice(0, SHOWN_VOTES)
    .map(({ title, helpful, unhelpful }) => `- ${title} (👍 ${helpful} · 👎 ${unhelpful})`);
  return [
    texts.knowledge(topics.length, version, Math.floor(loadedAt / 1_000)),
    ...(problem ? [texts.knowledgeRefused(refused.length, briefly(problem))] : []),
    texts.recording(recorder !== undefined),
    ...(rated.length > 0 ? [texts.votes(sum('helpful'), sum('unhelpful'))] : []),
    ...(lowest.length > 0 ? [texts.lowestRated, ...lowest] : []),
  ];
}
