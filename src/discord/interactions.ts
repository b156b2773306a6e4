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
import type { Reply } from '../answering/answerer.ts';
import { TEXTS } from '../answering/texts.ts';
import type { GapRecorder } from '../gaps/recorder.ts';
import type { Language } from '../knowledge/knowledge.ts';
import { COMMAND, CONTEXT_COMMAND } from './commands.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { type Control, fromCustomId } from './custom-id.ts';
import { logFailure } from './failures.ts';
import { settingsAt } from './listening.ts';
import { Moderation } from './moderation.ts';
import { namesAroundCommand } from './names.ts';
import { mayWrite } from './permissions.ts';
import { plainMessage, type ReplyMessage, replyMessage, topicMenu } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import { TopicSearch } from './topic-search.ts';

type ComponentUse = ButtonInteraction | StringSelectMenuInteraction;

/** Answers commands, autocomplete, buttons and menus. */
export class Interactions {
  readonly #context: BotContext;
  readonly #search: TopicSearch;
  readonly #moderation: Moderation;

  constructor(context: BotContext) {
    this.#context = context;
    this.#search = new TopicSearch(context.library);
    this.#moderation = new Moderation(context, this.#search);
  }

  async handle(interaction: Interaction): Promise<void> {
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
    const { members, log, metrics, now } = this.#context;
    const since = now();
    const { answerer } = this.#context.library;
    const language = this.#language(interaction);
    const wait = members.use(interaction.user.id);
    if (wait > 0) {
      await interaction.reply(privately(plainMessage(DISCORD_TEXTS[language].slowDown(Math.ceil(wait / 1_000)))));
      return;
    }
    const chosen = this.#search.chosen(text);
    const reply = chosen ? answerer.answerOn(chosen, language) : answerer.reply({ text, locale: language });
    await interaction.reply(privately(this.#show(reply, interaction.user.id, true)));
    metrics?.answered({
      outcome: reply.outcome,
      language: reply.language,
      way: interaction.isChatInputCommand() ? 'command' : 'context-menu',
      seconds: (now() - since) / 1_000,
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
    if (!control) {
      await interaction.reply(privately(plainMessage(this.#texts(interaction).topicGone)));
      return;
    }
    switch (control.action) {
      case 'topic':
      case 'translate':
        return this.#showTopic(interaction, control, control.topic);
      case 'menu':
        return this.#showTopic(
          interaction,
          control,
          interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '',
        );
      case 'none':
        return this.#showUnknown(interaction, control);
      case 'helpful':
      case 'unhelpful':
        return this.#takeFeedback(interaction, control);
      case 'share':
        return this.#share(interaction, control);
      case 'dismiss':
        return this.#dismiss(interaction, control);
      case 'page':
        return this.#moderation.turnPage(interaction, control.page);
    }
  }

  /** In place for whoever asked, who alone sees it, or who moderates; privately for everybody else. */
  async #showTopic(interaction: ComponentUse, control: Control, topicId: string): Promise<void> {
    const { answerer } = this.#context.library;
    if (!answerer.knowledge.topics.some(({ id }) => id === topicId)) {
      await interaction.reply(privately(plainMessage(this.#texts(interaction).topicGone)));
      return;
    }
    await this.#replaceOrReply(interaction, control, answerer.answerOn(topicId, control.language));
  }

  async #showUnknown(interaction: ComponentUse, control: Control): Promise<void> {
    const { language } = control;
    const text = TEXTS[language].unknown(this.#context.library.answerer.subject);
    await this.#replaceOrReply(interaction, control, {
      outcome: 'unknown',
      text,
      language,
      confidence: 0,
      interject: false,
    });
    await this.#record((recorder) => recorder.didNotHelp(answerOf(interaction)));
  }

  async #replaceOrReply(interaction: ComponentUse, control: Control, reply: Reply): Promise<void> {
    const isPrivate = interaction.message.flags.has(MessageFlags.Ephemeral);
    if (isPrivate || isTheirs(interaction, control)) {
      const { content, components, allowedMentions } = this.#show(reply, control.asker, isPrivate);
      await interaction.update({ content, components, allowedMentions });
    } else {
      await interaction.reply(privately(this.#show(reply, interaction.user.id, true)));
    }
  }

  async #takeFeedback(interaction: ComponentUse, control: Control & { readonly topic: string }): Promise<void> {
    const texts = this.#texts(interaction);
    const helpful = control.action === 'helpful';
    const { log } = this.#context;
    const { answerer } = this.#context.library;
    const topicExists = answerer.knowledge.topics.some(({ id }) => id === control.topic);
    if (topicExists) log.info({ topic: control.topic, language: control.language, helpful }, 'feedback');
    const menu = topicMenu(answerer.knowledge, this.#language(interaction), {
      asker: interaction.user.id,
      isPrivate: true,
    });
    await interaction.reply(privately(helpful ? plainMessage(texts.thanks) : plainMessage(texts.sorry, [menu])));
    if (topicExists && !helpful) {
      await this.#record((recorder) => recorder.didNotHelp(answerOf(interaction), control.topic));
    }
  }

  /** Only where the member could write it themselves, and where no moderator has switched the bot off. */
  async #share(interaction: ComponentUse, control: Control & { readonly topic: string }): Promise<void> {
    const { channels, places } = this.#context;
    const { answerer } = this.#context.library;
    const texts = this.#texts(interaction);
    const { channel } = interaction;
    const allowed =
      !interaction.inGuild() ||
      (settingsAt(channel, channels).mode !== 'off' &&
        mayWrite(interaction.memberPermissions, channel?.isThread() ?? false));
    if (!allowed) {
      await interaction.reply(privately(plainMessage(texts.notAllowedHere)));
      return;
    }
    if (!answerer.knowledge.topics.some(({ id }) => id === control.topic)) {
      await interaction.reply(privately(plainMessage(texts.topicGone)));
      return;
    }
    const wait = places.use(interaction.channelId);
    if (wait > 0) {
      await interaction.reply(privately(plainMessage(texts.slowDown(Math.ceil(wait / 1_000)))));
      return;
    }
    const shown = this.#show(answerer.answerOn(control.topic, control.language), interaction.user.id, false);
    const by = DISCORD_TEXTS[control.language].sharedBy(interaction.user.toString());
    await interaction.reply({ ...shown, content: `${shown.content}\n-# ${by}` });
  }

  async #dismiss(interaction: ComponentUse, control: Control): Promise<void> {
    if (!isTheirs(interaction, control)) {
      await interaction.reply(privately(plainMessage(this.#texts(interaction).notYours)));
      return;
    }
    await interaction.deferUpdate();
    await interaction.deleteReply();
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
    return replyMessage(reply, { asker, isPrivate }, this.#context.library.answerer.knowledge);
  }

  #language({ locale, guildLocale }: Interaction): Language {
    return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? this.#context.library.answerer.defaultLanguage;
  }

  #texts(interaction: Interaction): DiscordTexts {
    return DISCORD_TEXTS[this.#language(interaction)];
  }
}

/** By what an answer is known: the command that it answers, or its own message. */
function answerOf({ message }: ComponentUse): string {
  return message.interactionMetadata?.id ?? message.id;
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
