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
import type { Language } from '../knowledge/knowledge.ts';
import { logFailure } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import { COMMAND, CONTEXT_COMMAND } from './commands.ts';
import { type BotContext, languageOfLocale } from './context.ts';
import { outcomeOf } from './conversation.ts';
import { type Control, fromCustomId } from './custom-id.ts';
import { Moderation } from './moderation.ts';
import { mayWrite } from './permissions.ts';
import { textOf } from './question.ts';
import { type Click, type Reaction, reactionTo, type Vote, voteIn } from './reaction.ts';
import { asEphemeral, greeting, plainMessage, type ReplyMessage, replyMessage, topicList } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import { TopicSearch } from './topic-search.ts';
import { settingsAt } from './trigger.ts';

type ComponentUse = ButtonInteraction | StringSelectMenuInteraction;
type Asking = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

/** Discord may deliver an interaction twice, and its token lives this long. */
const SEEN_FOR = 15 * 60_000;
const MAX_SEEN = 5_000;
/** Later, a member can vote on the same answer again. */
const VOTES_REMEMBERED_FOR = 24 * 60 * 60_000;
const MAX_VOTES = 20_000;

/** Answers commands, autocomplete, buttons and menus. */
export class Interactions {
  readonly #context: BotContext;
  readonly #search: TopicSearch;
  readonly #moderation: Moderation;
  readonly #seen: TtlCache<string, true>;
  /** Private answers that were shown in their channel. */
  readonly #shared: TtlCache<string, true>;
  /** By answer, topic and member. Who voted is never stored. */
  readonly #votes: TtlCache<string, Vote>;

  constructor(context: BotContext) {
    this.#context = context;
    this.#search = new TopicSearch(context.live);
    this.#moderation = new Moderation(context, this.#search);
    this.#seen = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
    this.#shared = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
    this.#votes = new TtlCache(VOTES_REMEMBERED_FOR, MAX_VOTES, context.clock);
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
      logFailure(this.#context.log, error, 'answering an interaction', whereIs(interaction));
      if (interaction.isRepliable()) await this.#apologise(interaction);
    }
  }

  /** Tells the member that something failed, if Discord still takes a reply. */
  async #apologise(interaction: RepliableInteraction): Promise<void> {
    const message = asEphemeral(plainMessage(this.#texts(interaction).failed));
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
    const { engine } = this.#context.live;
    const show = (message: ReplyMessage) => interaction.reply(asEphemeral(message));
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
        await show(topicList(engine.knowledge, this.#language(interaction), interaction.user.id, 0));
        return;
      case 'help':
        await show(plainMessage(this.#texts(interaction).help(engine.subject, `<@${interaction.client.user.id}>`)));
    }
  }

  async #askAbout(interaction: MessageContextMenuCommandInteraction): Promise<void> {
    const text = textOf(interaction.targetMessage);
    if (text.trim() !== '') return this.#ask(interaction, text);
    await interaction.reply(asEphemeral(plainMessage(this.#texts(interaction).nothingToRead)));
  }

  async #ask(interaction: Asking, text: string): Promise<void> {
    const { live, log, members, metrics, recorder, clock } = this.#context;
    const { engine } = live;
    const since = clock.now();
    const locale = this.#language(interaction);
    const asker = interaction.user.id;
    const wait = members.wait(asker);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1_000);
      log.info({ ...whereIs(interaction), limit: 'member', seconds }, 'reached the limit');
      await interaction.reply(asEphemeral(plainMessage(DISCORD_TEXTS[locale].memberSlowDown(seconds))));
      return;
    }
    members.charge(asker);
    const chosen = this.#search.chosen(text);
    const reading = chosen === undefined ? engine.read(text) : undefined;
    const decision = reading && engine.decide(reading, { language: locale });
    if (decision) log.debug({ ...whereIs(interaction), kind: decision.kind, reasons: decision.reasons }, 'decided');
    const reply = decision ? engine.reply(decision) : engine.answer([chosen ?? ''], locale);
    const audience = { asker, isPrivate: true };
    const { knowledge } = engine;
    const message = reply ? replyMessage(reply, audience, knowledge) : greeting(locale, audience, knowledge);
    const { resource } = await interaction.reply({ ...asEphemeral(message), withResponse: true });
    if (!reply) return;
    const outcome = decision ? outcomeOf(decision) : 'answer';
    const { language } = reply;
    const way = interaction.isChatInputCommand() ? 'command' : 'context-menu';
    metrics?.answered({ outcome, language, way, seconds: (clock.now() - since) / 1_000 });
    const answer = resource?.message?.id;
    // The message in a context menu may be somebody else's.
    if (interaction.isChatInputCommand() && reading && decision && answer !== undefined) {
      await this.#record(() => recorder?.answered(answer, asker, reading, decision));
    }
    log.info({ ...whereIs(interaction), outcome, language }, 'answered a command');
  }

  async #use(interaction: ComponentUse): Promise<void> {
    const control = fromCustomId(interaction.customId);
    const { log, live, recorder } = this.#context;
    const { engine } = live;
    const click: Click = {
      user: interaction.user.id,
      isTheirs: control !== undefined && isTheirs(interaction, control),
      isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
      chosen: interaction.isStringSelectMenu() ? interaction.values[0] : undefined,
      language: this.#language(interaction),
    };
    const reaction = reactionTo(control, click, engine);
    if (control?.action === 'share' && reaction.kind === 'post') return this.#share(interaction, reaction.message);
    const refused = control?.action === 'share' ? this.#refusalToShare(interaction) : undefined;
    const vote = voteIn(control, engine);
    if (vote) log.info(vote, 'feedback');
    const counting = vote && this.#count(`${answerOf(interaction)} ${vote.topic} ${click.user}`, vote);
    await carryOut(interaction, refused ? { kind: 'whisper', message: plainMessage(refused) } : reaction);
    await counting;
    if (control?.action === 'none' || vote?.helpful === false) {
      await this.#record(() => recorder?.didNotHelp(answerOf(interaction), vote?.topic));
    }
  }

  /** Counts one vote per member and answer; another one moves the count. */
  async #count(key: string, vote: Vote): Promise<void> {
    const { feedback, log } = this.#context;
    const before = this.#votes.get(key);
    if (before?.helpful === vote.helpful) return;
    this.#votes.set(key, vote);
    const store = ({ topic, language, helpful }: Vote, change: 1 | -1) =>
      feedback.vote(topic, language, { helpful: helpful ? change : 0, unhelpful: helpful ? 0 : change });
    try {
      if (before) await store(before, -1);
      await store(vote, 1);
    } catch (error) {
      logFailure(log, error, 'counting a vote');
    }
  }

  /** Posts a private answer in its channel. */
  async #share(interaction: ComponentUse, message: ReplyMessage): Promise<void> {
    const { log, members, places } = this.#context;
    const refused = this.#refusalToShare(interaction) ?? this.#reasonToWait(interaction);
    if (refused !== undefined) {
      await interaction.reply(asEphemeral(plainMessage(refused)));
      return;
    }
    const answer = interaction.message.id;
    this.#shared.set(answer, true);
    try {
      const { resource } = await interaction.reply({ ...message, withResponse: true });
      // Discord shows it to the member alone if they may not use external apps.
      if (resource?.message?.flags.has(MessageFlags.Ephemeral)) {
        this.#shared.delete(answer);
        await interaction.followUp(asEphemeral(plainMessage(this.#texts(interaction).sharedPrivately)));
        return;
      }
    } catch (error) {
      this.#shared.delete(answer);
      throw error;
    }
    members.charge(interaction.user.id);
    places.charge(interaction.channelId);
    log.info(whereIs(interaction), 'shared an answer');
  }

  /** Members can share only where they can write and no moderator has switched the bot off. */
  #refusalToShare(interaction: ComponentUse): string | undefined {
    const { channel } = interaction;
    const isAllowed =
      !interaction.inGuild() ||
      (settingsAt(channel, this.#context.channels).mode !== 'off' &&
        mayWrite(interaction.memberPermissions, channel?.isThread() ?? false));
    return isAllowed ? undefined : this.#texts(interaction).notAllowedHere;
  }

  #reasonToWait(interaction: ComponentUse): string | undefined {
    const { members, places } = this.#context;
    const texts = this.#texts(interaction);
    if (this.#shared.get(interaction.message.id)) return texts.sharedAlready;
    const memberWaits = members.wait(interaction.user.id);
    if (memberWaits > 0) return texts.memberSlowDown(Math.ceil(memberWaits / 1_000));
    const channelWaits = places.wait(interaction.channelId);
    return channelWaits > 0 ? texts.channelSlowDown(Math.ceil(channelWaits / 1_000)) : undefined;
  }

  /** The member already has their reply, so they needn't learn of a failure. */
  async #record(write: () => Promise<void> | undefined): Promise<void> {
    try {
      await write();
    } catch (error) {
      logFailure(this.#context.log, error, 'recording a question');
    }
  }

  #language({ locale, guildLocale }: Interaction): Language {
    return languageOfLocale(locale) ?? languageOfLocale(guildLocale) ?? this.#context.live.engine.defaultLanguage;
  }

  #texts(interaction: Interaction): DiscordTexts {
    return DISCORD_TEXTS[this.#language(interaction)];
  }
}

/** The answer that a click is about: the clicked message, or the one whose use led to it. */
function answerOf({ message }: ComponentUse): string {
  return message.interactionMetadata?.interactedMessageId ?? message.id;
}

async function carryOut(interaction: ComponentUse, reaction: Reaction): Promise<void> {
  switch (reaction.kind) {
    case 'replace': {
      const { content, components, allowedMentions } = reaction.message;
      await interaction.update({ content, components, allowedMentions });
      return;
    }
    case 'whisper':
      await interaction.reply(asEphemeral(reaction.message));
      return;
    case 'post':
      await interaction.reply(reaction.message);
      return;
    case 'remove':
      await interaction.deferUpdate();
      await interaction.deleteReply();
  }
}

/** A custom id, and the asker in it, can be forged. Who clicked, and what is on the message, is what Discord itself says. */
function isTheirs(interaction: ComponentUse, { asker }: Control): boolean {
  const { user, customId, message, memberPermissions } = interaction;
  const isOnTheMessage = message.components.some(
    (row) => row.type === ComponentType.ActionRow && row.components.some((control) => control.customId === customId),
  );
  return (isOnTheMessage && user.id === asker) || (memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false);
}

function whereIs({ guildId, channelId }: Interaction) {
  return { guild: guildId, channel: channelId };
}
