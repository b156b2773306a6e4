import {
  type ChatInputCommandInteraction,
  type GuildTextBasedChannel,
  MessageFlags,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
} from 'discord.js';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { briefly } from '../operation/follow-knowledge.ts';
import { CHANNEL_MODES, type ChannelMode, DEFAULT_CHANNEL_SETTINGS } from '../storage/channel-settings.ts';
import { SERVERS_LANGUAGE } from './commands.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { missingPermissions } from './permissions.ts';
import { asEphemeral, cut, plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import type { TopicSearch } from './topic-search.ts';
import { settingsAt, settingsHolder } from './trigger.ts';

/** How many of the lowest rated topics `status` shows. */
const SHOWN_VOTES = 5;

type Interaction = ChatInputCommandInteraction;

/** The commands for members with the Manage Messages permission in the channel. Each checks it itself. */
export class Moderation {
  readonly #context: BotContext;
  readonly #search: TopicSearch;

  constructor(context: BotContext, search: TopicSearch) {
    this.#context = context;
    this.#search = search;
  }

  /** Posts an answer for everyone; only the member it is for is notified. */
  async post(interaction: Interaction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const { channels, live, log } = this.#context;
    const { engine } = live;
    const { options, guild } = interaction;
    const typed = options.getString('topic', true);
    const topic = this.#search.named(typed);
    if (!topic) {
      const echo = cut(typed.replace(MARKUP, '').trim(), MAX_ECHO_LENGTH);
      return this.#tell(interaction, this.#texts(interaction).noSuchTopic(echo));
    }
    const member = options.getUser('member');
    const language =
      languageOf(options.getString('language')) ??
      settingsAt(interaction.channel, channels).language ??
      languageOfLocale(guild?.preferredLocale) ??
      engine.defaultLanguage;
    const audience = { asker: member?.id ?? interaction.user.id, isPrivate: false };
    const answer = replyMessage(engine.answer([topic], language), audience, engine.knowledge);
    const message: ReplyMessage = member
      ? {
          ...answer,
          content: `${member}\n${answer.content}`,
          allowedMentions: { parse: [], users: [member.id], repliedUser: false },
        }
      : answer;
    const replyTo = options.getString('reply-to');
    if (replyTo === null) await interaction.reply(message);
    else if (!(await this.#postAsReply(interaction, message, replyTo))) return;
    log.info({ guild: interaction.guildId, channel: interaction.channelId, topic, language }, 'posted');
  }

  /** Returns whether the message was posted; the moderator is told in any case. */
  async #postAsReply(interaction: Interaction, message: ReplyMessage, replyTo: string): Promise<boolean> {
    const texts = this.#texts(interaction);
    const channel = await this.#channelOf(interaction);
    if (!channel) return false;
    const target = messageNamed(replyTo);
    const missing = missingPermissions(channel, this.#language(interaction));
    const isElsewhere = target?.channel !== undefined && target.channel !== channel.id;
    if (isElsewhere || missing.length > 0) {
      await this.#tell(interaction, isElsewhere ? texts.otherChannel : texts.cannotPost(missing.join(', ')));
      return false;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    if (!target || !(await messageExists(channel, target.message))) {
      await interaction.editReply(texts.noSuchMessage);
      return false;
    }
    const { url } = await channel.send({ ...message, reply: { messageReference: target.message } });
    await this.#confirm(interaction, texts.posted(url));
    return true;
  }

  /** The answer is posted: if the confirmation fails, the moderator must not be told that posting did. */
  async #confirm(interaction: Interaction, text: string): Promise<void> {
    try {
      await interaction.editReply(text).catch(() => interaction.followUp(asEphemeral(plainMessage(text))));
    } catch (error) {
      const where = { guild: interaction.guildId, channel: interaction.channelId };
      logFailure(this.#context.log, error, 'confirming to a moderator that an answer was posted', where);
    }
  }

  /** Sets when the bot answers in this channel or forum; threads inherit. */
  async setChannel(interaction: Interaction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const channel = await this.#channelOf(interaction);
    const mode = CHANNEL_MODES.find((known) => known === interaction.options.getString('mode', true));
    if (!channel || !mode) return;
    const { channels, log } = this.#context;
    const wanted = interaction.options.getString('language');
    const language =
      wanted === SERVERS_LANGUAGE.value ? undefined : (languageOf(wanted) ?? settingsAt(channel, channels).language);
    const holder = settingsHolder(channel);
    await channels.set(holder, channel.guildId, { mode, language });
    log.info({ guild: channel.guildId, channel: holder, mode, language }, 'channel set');
    const heading = this.#texts(interaction).modeSet(`<#${holder}>`, mode);
    await this.#tell(interaction, heading, ...this.#describe(channel, mode, language, interaction));
  }

  /** Shows what applies here, what permissions are missing, which knowledge is loaded and how its answers are rated. */
  async status(interaction: Interaction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const channel = await this.#channelOf(interaction);
    if (!channel) return;
    const { channels, live, recorder } = this.#context;
    const { engine, loadedAt, refused } = live;
    const texts = this.#texts(interaction);
    const settings = settingsAt(channel, channels);
    const { mode, language } = settings;
    const isDefault = settings === DEFAULT_CHANNEL_SETTINGS ? ` (${texts.statusDefault})` : '';
    const { topics, version } = engine.knowledge;
    const [problem] = refused;
    await this.#tell(
      interaction,
      `**${texts.statusHeading(`<#${settingsHolder(channel)}>`)}: ${mode}**${isDefault}`,
      ...this.#describe(channel, mode, language, interaction),
      texts.knowledge(topics.length, version, Math.floor(loadedAt / 1_000)),
      ...(problem ? [texts.knowledgeRefused(refused.length, briefly(problem))] : []),
      texts.recording(recorder !== undefined),
      ...(await this.#votes(texts)),
    );
  }

  /** The votes of all topics that still exist; nothing while the database can't be read. */
  async #votes(texts: DiscordTexts): Promise<string[]> {
    const { feedback, live, log } = this.#context;
    try {
      const votes = (await feedback.all()).flatMap(({ topic: id, language, helpful, unhelpful }) => {
        const topic = live.engine.knowledge.topics.find((each) => each.id === id);
        return topic && helpful + unhelpful > 0 ? [{ title: topic[language].title, helpful, unhelpful }] : [];
      });
      if (votes.length === 0) return [texts.noVotes];
      const sum = (of: 'helpful' | 'unhelpful') => votes.reduce((total, vote) => total + vote[of], 0);
      const lowest = votes
        .toSorted((a, b) => b.unhelpful - b.helpful - (a.unhelpful - a.helpful))
        .slice(0, SHOWN_VOTES)
        .map(({ title, helpful, unhelpful }) => texts.votesOn(title, helpful, unhelpful));
      return [texts.votes(sum('helpful'), sum('unhelpful')), ...lowest];
    } catch (error) {
      logFailure(log, error, 'reading the votes');
      return [];
    }
  }

  #describe(
    channel: GuildTextBasedChannel,
    mode: ChannelMode,
    language: Language | undefined,
    interaction: Interaction,
  ): string[] {
    const texts = this.#texts(interaction);
    const missing = missingPermissions(channel, this.#language(interaction));
    return [
      texts.modes(this.#context.live.engine.subject)[mode],
      texts.languageSet(language),
      missing.length > 0 ? texts.missing(missing.join(', ')) : texts.nothingMissing,
      ...(this.#context.readsContent ? [] : [texts.contentOff]),
    ];
  }

  /** What Discord computed for this member in this channel; they are told if they aren't. */
  async #isModerator(interaction: Interaction): Promise<boolean> {
    const texts = this.#texts(interaction);
    const isModerator = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
    if (!interaction.inGuild()) await this.#tell(interaction, texts.onlyInServers);
    else if (!isModerator) await this.#tell(interaction, texts.needsManageMessages);
    return interaction.inGuild() && isModerator;
  }

  /** The channel, if the bot is a member of the server; the moderator is told if it isn't. */
  async #channelOf(interaction: Interaction): Promise<GuildTextBasedChannel | undefined> {
    if (interaction.inCachedGuild() && interaction.channel) return interaction.channel;
    await this.#tell(interaction, this.#texts(interaction).onlyWithTheBot);
    return undefined;
  }

  async #tell(interaction: Interaction, ...lines: string[]): Promise<void> {
    await interaction.reply(asEphemeral(plainMessage(lines.join('\n'))));
  }

  #language({ locale, guildLocale }: Interaction): Language {
    return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? this.#context.live.engine.defaultLanguage;
  }

  #texts(interaction: Interaction): DiscordTexts {
    return DISCORD_TEXTS[this.#language(interaction)];
  }
}

/** How much of a typed topic is repeated, in code points. */
const MAX_ECHO_LENGTH = 50;
/** Never repeated: what Discord would take for markup, invisible characters, and those that turn the direction of writing. */
const MARKUP = /[`*_~|\\<>@#:[\]()\p{C}\p{Zl}\p{Zp}]/gu;

function languageOf(value: string | null): Language | undefined {
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
    if (error instanceof Error && 'code' in error && error.code === RESTJSONErrorCodes.UnknownMessage) return false;
    throw error;
  }
}
