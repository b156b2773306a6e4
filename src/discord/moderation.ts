import {
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type GuildTextBasedChannel,
  MessageFlags,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { briefly } from '../operation/follow-knowledge.ts';
import { CHANNEL_MODES } from '../storage/channel-settings.ts';
import { SERVERS_LANGUAGE } from './commands.ts';
import { type BotContext, languageOf, languageOfLocale, tell, whereIs } from './context.ts';
import { missingPermissions } from './permissions.ts';
import { asEphemeral, cut, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import type { TopicSearch } from './topic-search.ts';
import { settingsAt, settingsHolder } from './trigger.ts';

/** How many of the lowest rated topics `status` shows. */
const SHOWN_VOTES = 5;

type Interaction = ChatInputCommandInteraction;

/** The commands for members with the Manage Messages permission in the channel. */
export class Moderation {
  readonly #context: BotContext;
  readonly #search: TopicSearch;

  constructor(context: BotContext, search: TopicSearch) {
    this.#context = context;
    this.#search = search;
  }

  /** Runs `post`, `channel` or `status` for a moderator, by what Discord computed for them in this channel. */
  async run(interaction: Interaction, command: string): Promise<void> {
    const texts = DISCORD_TEXTS[languageOf(interaction, this.#context)];
    if (!interaction.inGuild()) return tell(interaction, texts.onlyOnServers);
    const isModerator = interaction.memberPermissions.has(PermissionFlagsBits.ManageMessages);
    if (!isModerator) return tell(interaction, texts.needsManageMessages);
    if (command === 'post') return this.#post(interaction, texts);
    const channel = channelOf(interaction);
    if (!channel) return tell(interaction, texts.onlyOnServers);
    if (command === 'channel') await this.#setChannel(interaction, channel);
    const lines = command === 'status' ? await this.#status(texts) : [];
    await tell(interaction, ...this.#settings(interaction, channel, texts), ...lines);
  }

  /** Posts an answer for everyone; only the member it is for is notified. */
  async #post(interaction: Interaction, texts: DiscordTexts): Promise<void> {
    const { channels, live, log } = this.#context;
    const { engine } = live;
    const { options } = interaction;
    const typed = options.getString('topic', true);
    const topic = this.#search.named(typed);
    if (!topic) return tell(interaction, texts.noSuchTopic(cut(typed.replace(MARKUP, '').trim(), MAX_ECHO_LENGTH)));
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
    const replyTo = options.getString('reply-to');
    if (replyTo === null) await interaction.reply(message);
    else {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const reply = await this.#replyTo(replyTo, message, interaction, texts);
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
  async #replyTo(named: string, message: ReplyMessage, interaction: Interaction, texts: DiscordTexts) {
    const channel = channelOf(interaction);
    if (!channel) return texts.onlyOnServers;
    const target = messageNamed(named);
    if ((target?.channel ?? channel.id) !== channel.id) return texts.otherChannel;
    const missing = missingPermissions(channel, languageOf(interaction, this.#context));
    if (missing.length > 0) return texts.missing(missing.join(', '));
    if (!target || !(await messageExists(channel, target.message))) return texts.noSuchMessage;
    return channel.send({ ...message, reply: { messageReference: target.message } });
  }

  /** Sets when the bot answers in this channel or forum; threads inherit. */
  async #setChannel({ options }: Interaction, channel: GuildTextBasedChannel): Promise<void> {
    const { channels, log } = this.#context;
    const before = settingsAt(channel, channels);
    const mode = CHANNEL_MODES.find((known) => known === options.getString('mode', true)) ?? before.mode;
    const wanted = options.getString('language');
    const language = wanted === SERVERS_LANGUAGE ? undefined : (languageNamed(wanted) ?? before.language);
    const holder = settingsHolder(channel);
    await channels.set(holder, channel.guildId, { mode, language });
    log.info({ guild: channel.guildId, channel: holder, mode, language }, 'channel set');
  }

  /** What applies in a channel, and what is missing there. */
  #settings(interaction: Interaction, channel: GuildTextBasedChannel, texts: DiscordTexts): string[] {
    const { channels, live, readsContent } = this.#context;
    const { mode, language } = settingsAt(channel, channels);
    const missing = missingPermissions(channel, languageOf(interaction, this.#context));
    return [
      texts.setting(`<#${settingsHolder(channel)}>`, mode),
      texts.modes(live.engine.subject)[mode],
      texts.languageSet(language),
      missing.length > 0 ? texts.missing(missing.join(', ')) : texts.nothingMissing,
      ...(readsContent ? [] : [texts.contentOff]),
    ];
  }

  /** Which knowledge is loaded, whether questions are recorded, and how the answers are rated. */
  async #status(texts: DiscordTexts): Promise<string[]> {
    const { live, recorder } = this.#context;
    const { engine, loadedAt, refused } = live;
    const { topics, version } = engine.knowledge;
    const [problem] = refused;
    return [
      texts.knowledge(topics.length, version, Math.floor(loadedAt / 1_000)),
      ...(problem ? [texts.knowledgeRefused(refused.length, briefly(problem))] : []),
      texts.recording(recorder !== undefined),
      ...(await this.#votes(texts)),
    ];
  }

  /** The votes of all topics that still exist; nothing while the database can't be read. */
  async #votes(texts: DiscordTexts): Promise<string[]> {
    const { feedback, live, log } = this.#context;
    try {
      const votes = (await feedback.all()).flatMap((vote) => {
        const topic = live.engine.knowledge.topics.find(({ id }) => id === vote.topic);
        return topic && vote.helpful + vote.unhelpful > 0 ? [{ ...vote, title: topic[vote.language].title }] : [];
      });
      if (votes.length === 0) return [texts.noVotes];
      const sum = (of: 'helpful' | 'unhelpful') => votes.reduce((total, vote) => total + vote[of], 0);
      const lowest = votes
        .toSorted((a, b) => b.unhelpful - b.helpful - (a.unhelpful - a.helpful))
        .slice(0, SHOWN_VOTES)
        .map(({ title, helpful, unhelpful }) => `- ${title} (👍 ${helpful} · 👎 ${unhelpful})`);
      return [texts.votes(sum('helpful'), sum('unhelpful')), ...lowest];
    } catch (error) {
      logFailure(log, error, 'reading the votes');
      return [];
    }
  }
}

/** `undefined` where the bot isn't a member of the server. */
function channelOf(interaction: Interaction): GuildTextBasedChannel | undefined {
  return interaction.inCachedGuild() ? (interaction.channel ?? undefined) : undefined;
}

/** How much of a typed topic is repeated, in code points. */
const MAX_ECHO_LENGTH = 50;
/** Never repeated: what Discord would take for markup, invisible characters, and those that turn the direction of writing. */
const MARKUP = /[`*_~|\\<>@#:[\]()\p{C}\p{Zl}\p{Zp}]/gu;

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

async function messageExists(channel: GuildTextBasedChannel, id: string): Promise<boolean> {
  try {
    await channel.messages.fetch(id);
    return true;
  } catch (error) {
    if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage) return false;
    throw error;
  }
}
