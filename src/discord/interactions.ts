import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  ComponentType,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Reply } from '../engine/engine.ts';
import type { GapRecorder } from '../gaps/recorder.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import { COMMAND, CONTEXT_COMMAND } from './commands.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { type Control, fromCustomId } from './custom-id.ts';
import { settingsAt } from './listening.ts';
import { Moderation } from './moderation.ts';
import { namesAroundCommand } from './names.ts';
import { mayWrite } from './permissions.ts';
import { type Click, type Reaction, reactionTo } from './reaction.ts';
import { plainMessage, type ReplyMessage, replyMessage } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import { TopicSearch } from './topic-search.ts';

type ComponentUse = ButtonInteraction | StringSelectMenuInteraction;

/** Discord may deliver an interaction twice, and takes one answer within this time. */
const SEEN_FOR = 15 * 60_000;
const MAX_SEEN = 5_000;

/** Answers commands, autocomplete, buttons and menus. */
export class Interactions {
  readonly #context: BotContext;
  readonly #search: TopicSearch;
  readonly #moderation: Moderation;
  readonly #seen: TtlCache<string, true>;
  /** Private answers that were shown in their channel. */
  readonly #shared: TtlCache<string, true>;

  constructor(context: BotContext) {
    this.#context = context;
    this.#search = new TopicSearch(context.live);
    this.#moderation = new Moderation(context, this.#search);
    this.#seen = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
    this.#shared = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
  }

  async handle(interaction: Interaction): Promise<void> {
    if (this.#seen.get(interaction.id)) return;
    this.#seen.set(interaction.id, true);
    try {
      if (interaction.isAutocomplete()) await this.#complete(interaction);
      else if (interaction.isChatInputCommand() && interaction.commandName === COMMAND) await this.#run(interaction);
      else if (interaction.isMessageContextMenuCommand() && interaction.commandName === CONTEXT_COMMAND)
        await this.#askAbout(interaction);
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await this.#use(interaction);
    } catch (error) {
      logFailure(this.#context.log, error, 'answering an interaction', {
        guild: interaction.guildId,
        channel: interaction.channelId,
      });
      if (interaction.isRepliable()) await this.#apologise(interaction);
    }
  }

  /** Where there is still somebody to tell. */
  async #apologise(interaction: RepliableInteraction): Promise<void> {
    const message = privately(plainMessage(this.#texts(interaction).failed));
    try {
      if (interaction.deferred) await interaction.editReply({ content: message.content });
      else if (!interaction.replied) await interaction.reply(message);
    } catch {
      this.#context.log.debug('could not say that an interaction failed');
    }
  }

  async #complete(interaction: AutocompleteInteraction): Promise<void> {
    const typed = interaction.options.getFocused();
    await interaction.respond(this.#search.choices(typed, this.#language(interaction)));
  }

  async #run(interaction: ChatInputCommandInteraction): Promise<void> {
    switch (interaction.options.getSubcommand()) {
      case 'ask':
        return this.#ask(interaction, interaction.options.getString('question', true));
      case 'post':
        return this.#moderation.post(interaction);
      case 'channel':
        return this.#moderation.setChannel(interaction);
      case 'status':
        return this.#moderation.status(interaction);
      case 'topics':
        return this.#moderation.topics(interaction);
      case 'gaps':
        return this.#moderation.gaps(interaction);
    }
  }

  async #askAbout(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const { content } = interaction.targetMessage;
    if (content.trim() === '') {
      await interaction.reply(privately(plainMessage(this.#texts(interaction).nothingToRead)));
      return;
    }
    await this.#ask(interaction, content);
  }

  async #ask(
    interaction: ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
    text: string,
  ): Promise<void> {
    const { members, log, metrics, clock } = this.#context;
    const since = clock.now();
    const { engine } = this.#context.live;
    const language = this.#language(interaction);
    const wait = members.use(interaction.user.id);
    if (wait > 0) {
      await interaction.reply(privately(plainMessage(DISCORD_TEXTS[language].slowDown(Math.ceil(wait / 1_000)))));
      return;
    }
    const chosen = this.#search.chosen(text);
    const reply = chosen ? engine.answerOn(chosen, language) : engine.reply({ text, locale: language });
    await interaction.reply(privately(this.#show(reply, interaction.user.id, true)));
    metrics?.answered({
      outcome: reply.outcome,
      language: reply.language,
      way: interaction.isChatInputCommand() ? 'command' : 'context-menu',
      seconds: (clock.now() - since) / 1_000,
    });
    if (interaction.isChatInputCommand()) {
      await this.#record((recorder) => recorder.answered(interaction.id, text, namesAroundCommand(interaction), reply));
    }
    log.info(
      { guild: interaction.guildId, channel: interaction.channelId, outcome: reply.outcome, language: reply.language },
      'answered a command',
    );
  }

  async #use(interaction: ComponentUse): Promise<void> {
    const control = fromCustomId(interaction.customId);
    if (control?.action === 'page') return this.#moderation.turnPage(interaction, control.page);
    const { engine } = this.#context.live;
    const click: Click = {
      user: interaction.user.id,
      isTheirs: control !== undefined && isTheirs(interaction, control),
      isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
      chosen: interaction.isStringSelectMenu() ? interaction.values[0] : undefined,
      language: this.#language(interaction),
    };
    const reaction = reactionTo(control, click, engine);
    const verdict = this.#verdictIn(control);
    if (verdict) this.#context.log.info(verdict, 'feedback');
    const refusal = control?.action === 'share' ? this.#refusalToShare(interaction, reaction) : undefined;
    await carryOut(interaction, refusal ?? reaction);
    if (control?.action === 'none' || verdict?.helpful === false) {
      await this.#record((recorder) => recorder.didNotHelp(answerOf(interaction), verdict?.topic));
    }
  }

  /** What a click says of the answer on a topic that there still is. */
  #verdictIn(control: Control | undefined): { topic: string; language: Language; helpful: boolean } | undefined {
    if (control?.action !== 'helpful' && control?.action !== 'unhelpful') return undefined;
    const { topic, language, action } = control;
    const exists = this.#context.live.engine.knowledge.topics.some(({ id }) => id === topic);
    return exists ? { topic, language, helpful: action === 'helpful' } : undefined;
  }

  /** Only where the member could write it themselves, where no moderator has switched the bot off, once, and not too often. */
  #refusalToShare(interaction: ComponentUse, { kind }: Reaction): Reaction | undefined {
    const { channels, members, places } = this.#context;
    const { channel, message, user } = interaction;
    const texts = this.#texts(interaction);
    const whisper = (text: string): Reaction => ({ kind: 'whisper', message: plainMessage(text) });
    const allowed =
      !interaction.inGuild() ||
      (settingsAt(channel, channels).mode !== 'off' &&
        mayWrite(interaction.memberPermissions, channel?.isThread() ?? false));
    if (!allowed) return whisper(texts.notAllowedHere);
    if (kind !== 'post') return undefined;
    if (this.#shared.get(message.id)) return whisper(texts.sharedAlready);
    const wait = members.use(user.id) || places.use(interaction.channelId);
    if (wait > 0) return whisper(texts.slowDown(Math.ceil(wait / 1_000)));
    this.#shared.set(message.id, true);
    return undefined;
  }

  /** The member has their reply by now: what goes wrong here is the operator's to mend. */
  async #record(note: (recorder: GapRecorder) => Promise<void>): Promise<void> {
    const { recorder, log } = this.#context;
    try {
      if (recorder) await note(recorder);
    } catch (error) {
      logFailure(log, error, 'recording a question');
    }
  }

  #show(reply: Reply, asker: string, isPrivate: boolean): ReplyMessage {
    return replyMessage(reply, { asker, isPrivate }, this.#context.live.engine.knowledge);
  }

  #language({ locale, guildLocale }: Interaction): Language {
    return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? this.#context.live.engine.defaultLanguage;
  }

  #texts(interaction: Interaction): DiscordTexts {
    return DISCORD_TEXTS[this.#language(interaction)];
  }
}

/** By what an answer is known: the command that it answers, or its own message. */
function answerOf({ message }: ComponentUse): string {
  return message.interactionMetadata?.id ?? message.id;
}

async function carryOut(interaction: ComponentUse, reaction: Reaction): Promise<void> {
  switch (reaction.kind) {
    case 'replace': {
      const { content, components, allowedMentions } = reaction.message;
      await interaction.update({ content, components, allowedMentions });
      return;
    }
    case 'whisper':
      await interaction.reply(privately(reaction.message));
      return;
    case 'post':
      await interaction.reply(reaction.message);
      return;
    case 'remove':
      await interaction.deferUpdate();
      await interaction.deleteReply();
  }
}

/**
 * A custom id can be forged, and the asker in it; who clicked, and what is on the message, Discord itself says.
 */
function isTheirs(interaction: ComponentUse, { asker }: Control): boolean {
  const { user, customId, message, memberPermissions } = interaction;
  const isOnTheMessage = message.components.some(
    (row) => row.type === ComponentType.ActionRow && row.components.some((control) => control.customId === customId),
  );
  return (isOnTheMessage && user.id === asker) || (memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false);
}

/** For the eyes of whoever used the interaction alone. */
export function privately(message: ReplyMessage) {
  return { ...message, flags: [MessageFlags.SuppressEmbeds, MessageFlags.Ephemeral] as const };
}
