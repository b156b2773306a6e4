import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type GuildTextBasedChannel,
  MessageFlags,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { OFFER_FROM } from '../engine/gates.ts';
import { reviewGaps } from '../gaps/review.ts';
import { LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { briefly } from '../operation/follow-knowledge.ts';
import { CHANNEL_MODES, type ChannelMode, DEFAULT_CHANNEL_SETTINGS } from '../storage/channel-settings.ts';
import { SERVERS_LANGUAGE } from './commands.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { settingsAt, settingsHolder } from './listening.ts';
import { missingPermissions } from './permissions.ts';
import { button, cut, plainMessage, type ReplyMessage, replyMessage, row } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import type { TopicSearch } from './topic-search.ts';

const TOPICS_A_PAGE = 10;
const SHOWN_GAPS = 10;
/** So many are looked through for those that mean the same: more would make all others wait. */
const MAX_REVIEWED = 200;
/** In UTF-16 units: ten of these, with their topics' titles, fit into a message. */
const MAX_GAP_LENGTH = 80;

/** What only those may do who manage messages where they do it. Each command checks that itself. */
export class Moderation {
  readonly #context: BotContext;
  readonly #search: TopicSearch;

  constructor(context: BotContext, search: TopicSearch) {
    this.#context = context;
    this.#search = search;
  }

  /** Posts an answer for everybody; the member named, and nobody else, is notified. */
  async post(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const { channels } = this.#context;
    const { engine } = this.#context.live;
    const texts = this.#texts(interaction);
    const { options, guild } = interaction;
    const typed = options.getString('topic', true);
    const topic = this.#search.named(typed);
    if (!topic) {
      await this.#tell(interaction, texts.noSuchTopic(cut(typed.replace(MARKUP, ''), MAX_ECHO_LENGTH)));
      return;
    }
    const member = options.getUser('member');
    const language =
      languageOf(options.getString('language')) ??
      settingsAt(interaction.channel, channels).language ??
      languageOfLocale(guild?.preferredLocale) ??
      engine.defaultLanguage;
    const audience = { asker: member?.id ?? interaction.user.id, isPrivate: false };
    const answer = replyMessage(engine.answerOn(topic, language), audience, engine.knowledge);
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
    this.#context.log.info({ guild: interaction.guildId, channel: interaction.channelId, topic, language }, 'posted');
  }

  /** Says so where it cannot. */
  async #postAsReply(
    interaction: ChatInputCommandInteraction,
    message: ReplyMessage,
    replyTo: string,
  ): Promise<boolean> {
    const texts = this.#texts(interaction);
    const channel = await this.#channelOf(interaction);
    if (!channel) return false;
    const target = messageNamed(replyTo);
    if (target?.channel !== undefined && target.channel !== channel.id) {
      await this.#tell(interaction, texts.otherChannel);
      return false;
    }
    const missing = missingPermissions(channel, this.#language(interaction));
    if (missing.length > 0) {
      await this.#tell(interaction, texts.cannotPost(missing.join(', ')));
      return false;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const exists = target && (await messageExists(channel, target.message));
    if (!exists) {
      await interaction.editReply(texts.noSuchMessage);
      return false;
    }
    const posted = await channel.send({ ...message, reply: { messageReference: target.message } });
    await interaction.editReply(texts.posted(posted.url));
    return true;
  }

  /** Sets when the bot answers in this channel or forum; threads inherit. */
  async setChannel(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const channel = await this.#channelOf(interaction);
    const mode = CHANNEL_MODES.find((known) => known === interaction.options.getString('mode', true));
    if (!channel || !mode) return;
    const { channels, log } = this.#context;
    const wanted = interaction.options.getString('language');
    const language =
      wanted === SERVERS_LANGUAGE.value ? undefined : (languageOf(wanted) ?? settingsAt(channel, channels).language);
    await channels.set(settingsHolder(channel), channel.guildId, { mode, language });
    log.info({ guild: channel.guildId, channel: settingsHolder(channel), mode, language }, 'channel set');
    const texts = this.#texts(interaction);
    await this.#tell(
      interaction,
      [
        texts.modeSet(`<#${settingsHolder(channel)}>`, mode),
        ...this.#describe(channel, mode, language, interaction),
      ].join('\n'),
    );
  }

  /** What applies here, what the bot lacks and how to grant it, and which knowledge it has. */
  async status(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const channel = await this.#channelOf(interaction);
    if (!channel) return;
    const { channels } = this.#context;
    const { engine, loadedAt, refused } = this.#context.live;
    const texts = this.#texts(interaction);
    const settings = settingsAt(channel, channels);
    const { mode, language } = settings;
    const isDefault = settings === DEFAULT_CHANNEL_SETTINGS ? ` (${texts.statusDefault})` : '';
    const { topics, version } = engine.knowledge;
    const [problem] = refused;
    await this.#tell(
      interaction,
      [
        `**${texts.statusHeading(`<#${settingsHolder(channel)}>`)}: ${mode}**${isDefault}`,
        ...this.#describe(channel, mode, language, interaction),
        texts.knowledge(topics.length, version, Math.floor(loadedAt / 1_000)),
        ...(problem ? [texts.knowledgeRefused(refused.length, briefly(problem))] : []),
        texts.recording(this.#context.recorder !== undefined),
      ].join('\n'),
    );
  }

  /** The questions without a good answer that were asked most, with the nearest topic: from all servers, of nobody. */
  async gaps(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!(await this.#isModerator(interaction)) || !(await this.#channelOf(interaction))) return;
    const { gaps, recorder, live } = this.#context;
    const texts = this.#texts(interaction);
    const reviewed = reviewGaps((await gaps.all()).slice(0, MAX_REVIEWED), live.engine);
    const lines = reviewed
      .slice(0, SHOWN_GAPS)
      .map(({ text, count, nearest: [nearest] }, index) =>
        texts.gap(
          index + 1,
          cut(text, MAX_GAP_LENGTH),
          count,
          nearest && nearest.confidence >= OFFER_FROM ? nearest.title : undefined,
        ),
      );
    await this.#tell(
      interaction,
      [
        ...(lines.length > 0 ? [texts.gapsHeading, ...lines] : [texts.noGaps]),
        texts.recording(recorder !== undefined),
      ].join('\n'),
    );
  }

  /** Every topic with both titles, page by page. */
  async topics(interaction: ChatInputCommandInteraction): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    await interaction.reply({
      ...this.#page(interaction, 0),
      flags: [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral],
    });
  }

  async turnPage(interaction: ButtonInteraction | StringSelectMenuInteraction, page: number): Promise<void> {
    if (!(await this.#isModerator(interaction))) return;
    const { content, components } = this.#page(interaction, page);
    await interaction.update({ content, components });
  }

  #page(interaction: ModeratorInteraction, wanted: number): ReplyMessage {
    const { topics } = this.#context.live.engine.knowledge;
    const pages = Math.max(1, Math.ceil(topics.length / TOPICS_A_PAGE));
    const page = Math.min(wanted, pages - 1);
    const texts = this.#texts(interaction);
    const lines = topics
      .slice(page * TOPICS_A_PAGE, (page + 1) * TOPICS_A_PAGE)
      .map(({ id, de, en }) => `\`${id}\`\n-# ${de.title} · ${en.title}`);
    const turn = (to: number, label: string) =>
      button({ action: 'page', page: to, language: this.#language(interaction), asker: interaction.user.id }, label);
    const buttons = [
      ...(page > 0 ? [turn(page - 1, texts.back)] : []),
      ...(page < pages - 1 ? [turn(page + 1, texts.forth)] : []),
    ];
    return plainMessage(
      [`**${texts.topicsHeading(page + 1, pages)}**`, ...lines].join('\n'),
      buttons.length > 0 ? [row(buttons)] : [],
    );
  }

  #describe(
    channel: GuildTextBasedChannel,
    mode: ChannelMode,
    language: Language | undefined,
    interaction: ModeratorInteraction,
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

  /** Says so where not. What Discord computed for this member, in this channel, at this moment. */
  async #isModerator(interaction: ModeratorInteraction): Promise<boolean> {
    const texts = this.#texts(interaction);
    if (!interaction.inGuild()) {
      await this.#tell(interaction, texts.onlyInServers);
      return false;
    }
    if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages)) return true;
    await this.#tell(interaction, texts.needsManageMessages);
    return false;
  }

  /** The channel, where the bot is a member of the server; says so where not. */
  async #channelOf(interaction: ChatInputCommandInteraction): Promise<GuildTextBasedChannel | undefined> {
    if (interaction.inCachedGuild() && interaction.channel) return interaction.channel;
    await this.#tell(interaction, this.#texts(interaction).onlyWithTheBot);
    return undefined;
  }

  async #tell(interaction: ModeratorInteraction, text: string): Promise<void> {
    await interaction.reply({ ...plainMessage(text), flags: [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral] });
  }

  #language({ locale, guildLocale }: ModeratorInteraction): Language {
    return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? this.#context.live.engine.defaultLanguage;
  }

  #texts(interaction: ModeratorInteraction): DiscordTexts {
    return DISCORD_TEXTS[this.#language(interaction)];
  }
}

type ModeratorInteraction = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction;

/** Of what somebody typed, so much is said back. */
const MAX_ECHO_LENGTH = 50;
/** And nothing of it that Discord would take for markup, that cannot be seen, or that turns the direction of writing. */
const MARKUP = /[`*_~|\\<>@#:[\]()\p{C}\p{Zl}\p{Zp}]/gu;

function languageOf(value: string | null): Language | undefined {
  return LANGUAGES.find((language) => language === value);
}

/** A message by its link or its id; a link says in which channel it is. */
function messageNamed(text: string): { channel: string | undefined; message: string } | undefined {
  const link =
    /^(?:<?https?:\/\/)?(?:\w+\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(?<channel>\d{15,20})\/(?<message>\d{15,20})>?$/.exec(
      text.trim(),
    );
  const id = /^(?:(?<channel>\d{15,20})-)?(?<message>\d{15,20})$/.exec(text.trim());
  const { channel, message } = link?.groups ?? id?.groups ?? {};
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
