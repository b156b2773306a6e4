import {
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
import { logFailure } from '../operation/failures.ts';
import { TtlCache } from '../operation/ttl-cache.ts';
import { COMMAND, CONTEXT_COMMAND } from './commands.ts';
import { type BotContext, languageOf, limitOf, tell, whereIs } from './context.ts';
import { fromCustomId } from './custom-id.ts';
import { moderate } from './moderation.ts';
import { mayWrite } from './permissions.ts';
import { textOf } from './question.ts';
import { type Reaction, reactionTo, type Vote, voteIn } from './reaction.ts';
import { asEphemeral, greeting, type ReplyMessage, replyMessage, topicList } from './reply.ts';
import { DISCORD_TEXTS, type DiscordTexts } from './texts.ts';
import { chosenTopic, topicChoices } from './topic-search.ts';
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
  readonly #seen: TtlCache<string, true>;
  /** Private answers that were shown in their channel. */
  readonly #shared: TtlCache<string, true>;
  /** By answer, topic and member. Who voted is never stored. */
  readonly #votes: TtlCache<string, Vote>;

  constructor(context: BotContext) {
    this.#context = context;
    this.#seen = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
    this.#shared = new TtlCache(SEEN_FOR, MAX_SEEN, context.clock);
    this.#votes = new TtlCache(VOTES_REMEMBERED_FOR, MAX_VOTES, context.clock);
  }

  async handle(interaction: Interaction): Promise<void> {
    if (this.#seen.get(interaction.id)) return;
    this.#seen.set(interaction.id, true);
    try {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        await interaction.respond(
          topicChoices(typed, languageOf(interaction, this.#context), this.#context.live.engine),
        );
      } else if (interaction.isChatInputCommand() && interaction.commandName === COMMAND) await this.#run(interaction);
      else if (interaction.isMessageContextMenuCommand() && interaction.commandName === CONTEXT_COMMAND)
        await this.#ask(interaction, textOf(interaction.targetMessage));
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await this.#use(interaction);
    } catch (error) {
      logFailure(this.#context.log, error, 'answering an interaction', whereIs(interaction));
      if (interaction.isRepliable()) await this.#apologise(interaction);
    }
  }

  async #apologise(interaction: RepliableInteraction): Promise<void> {
    const { failed } = this.#texts(interaction);
    try {
      if (interaction.deferred) await interaction.editReply(failed);
      else if (!interaction.replied) await tell(interaction, failed);
    } catch {
      this.#context.log.debug('could not say that an interaction failed');
    }
  }

  async #run(interaction: ChatInputCommandInteraction): Promise<void> {
    const { engine } = this.#context.live;
    const { options, user, client } = interaction;
    const command = options.getSubcommand();
    if (command === 'ask') await this.#ask(interaction, options.getString('question', true));
    else if (command === 'help')
      await tell(interaction, this.#texts(interaction).help(engine.subject, `<@${client.user.id}>`));
    else if (command === 'topics') {
      const list = topicList(engine.knowledge, languageOf(interaction, this.#context), user.id, 0);
      await interaction.reply(asEphemeral(list));
    } else await moderate(interaction, command, this.#context);
  }

  async #ask(interaction: Asking, text: string): Promise<void> {
    const { live, log, members, metrics, recorder, clock } = this.#context;
    const { engine } = live;
    const since = clock.now();
    const locale = languageOf(interaction, this.#context);
    const asker = interaction.user.id;
    const limit = limitOf(this.#context, asker);
    if (limit) {
      log.info({ ...whereIs(interaction), limit: limit.of, seconds: limit.seconds }, 'reached the limit');
      return tell(interaction, DISCORD_TEXTS[locale].slowDown[limit.of](limit.seconds));
    }
    members.charge(asker);
    const chosen = chosenTopic(text, engine);
    const reading = chosen === undefined ? engine.read(text) : undefined;
    const decision = reading && engine.decide(reading, { language: locale });
    if (decision) log.debug({ ...whereIs(interaction), kind: decision.kind, reasons: decision.reasons }, 'decided');
    const reply = decision ? engine.reply(decision) : engine.answer([chosen ?? ''], locale);
    const audience = { asker, isPrivate: true };
    const { knowledge } = engine;
    const message = reply ? replyMessage(reply, audience, knowledge) : greeting(locale, audience, knowledge);
    const { resource } = await interaction.reply({ ...asEphemeral(message), withResponse: true });
    if (!reply) return;
    const { kind: outcome, language } = reply;
    const way = interaction.isChatInputCommand() ? 'command' : 'context-menu';
    metrics?.answered({ outcome, language, way, seconds: (clock.now() - since) / 1_000 });
    const answer = resource?.message?.id;
    // The message in a context menu may be somebody else's.
    if (way === 'command' && reading && decision && answer !== undefined)
      await this.#store('recording a question', () => recorder?.answered(answer, asker, reading, decision));
    log.info({ ...whereIs(interaction), outcome, language }, 'answered a command');
  }

  async #use(interaction: ComponentUse): Promise<void> {
    const control = fromCustomId(interaction.customId);
    const { live, log, recorder } = this.#context;
    const user = interaction.user.id;
    const click = {
      user,
      isTheirs: control !== undefined && isTheirs(interaction, control.asker),
      isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
      chosen: interaction.isStringSelectMenu() ? interaction.values[0] : undefined,
      language: languageOf(interaction, this.#context),
    };
    const reaction = reactionTo(control, click, live.engine);
    if (reaction.kind === 'post') return this.#share(interaction, reaction.message);
    const vote = voteIn(control, live.engine);
    // The clicked message, or the one whose use led to it.
    const answer = interaction.message.interactionMetadata?.interactedMessageId ?? interaction.message.id;
    const counting = vote && this.#count(`${answer} ${vote.topic} ${user}`, vote);
    if (vote) log.info(vote, 'feedback');
    await carryOut(interaction, reaction);
    await counting;
    if (control?.action === 'none' || vote?.helpful === false)
      await this.#store('recording a question', () => recorder?.didNotHelp(answer, vote?.topic));
  }

  /** Counts one vote per member and answer; another one moves the count. */
  async #count(key: string, vote: Vote): Promise<void> {
    const before = this.#votes.get(key);
    if (before?.helpful === vote.helpful) return;
    this.#votes.set(key, vote);
    const change = ({ topic, language, helpful }: Vote, by: 1 | -1) =>
      this.#context.feedback.vote(topic, language, { helpful: helpful ? by : 0, unhelpful: helpful ? 0 : by });
    await this.#store('counting a vote', async () => {
      if (before) await change(before, -1);
      await change(vote, 1);
    });
  }

  async #share(interaction: ComponentUse, message: ReplyMessage): Promise<void> {
    const { log, members, places } = this.#context;
    const texts = this.#texts(interaction);
    const refused = this.#refusalToShare(interaction, texts);
    if (refused !== undefined) return tell(interaction, refused);
    const answer = interaction.message.id;
    this.#shared.set(answer, true);
    try {
      const { resource } = await interaction.reply({ ...message, withResponse: true });
      // Discord shows it to the member alone if they may not use external apps.
      if (resource?.message?.flags.has(MessageFlags.Ephemeral)) {
        this.#shared.delete(answer);
        await interaction.followUp({ content: texts.sharedPrivately, flags: MessageFlags.Ephemeral });
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

  /** Members can share once, where they can write and no moderator has switched the bot off. */
  #refusalToShare(interaction: ComponentUse, { notAllowedHere, sharedAlready, slowDown }: DiscordTexts) {
    const { channels } = this.#context;
    const { channel, channelId, memberPermissions, message, user } = interaction;
    const isOff = settingsAt(channel, channels).mode === 'off';
    if (interaction.inGuild() && (isOff || !mayWrite(memberPermissions, channel?.isThread() ?? false)))
      return notAllowedHere;
    if (this.#shared.get(message.id)) return sharedAlready;
    const limit = limitOf(this.#context, user.id, channelId);
    return limit && slowDown[limit.of](limit.seconds);
  }

  /** The member already has their reply, so they needn't learn of a failure. */
  async #store(what: string, write: () => Promise<void> | undefined): Promise<void> {
    try {
      await write();
    } catch (error) {
      logFailure(this.#context.log, error, what);
    }
  }

  #texts(interaction: Interaction): DiscordTexts {
    return DISCORD_TEXTS[languageOf(interaction, this.#context)];
  }
}

async function carryOut(interaction: ComponentUse, reaction: Exclude<Reaction, { kind: 'post' }>): Promise<void> {
  if (reaction.kind === 'replace') {
    const { content, components, allowedMentions } = reaction.message;
    await interaction.update({ content, components, allowedMentions });
  } else if (reaction.kind === 'whisper') await interaction.reply(asEphemeral(reaction.message));
  else {
    await interaction.deferUpdate();
    await interaction.deleteReply();
  }
}

/** A custom id, and the asker in it, can be forged. Who clicked, and what is on the message, is what Discord itself says. */
function isTheirs({ user, customId, message, memberPermissions }: ComponentUse, asker: string): boolean {
  const controls = message.components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  const isOnTheMessage = controls.some((control) => control.customId === customId);
  return (isOnTheMessage && user.id === asker) || (memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false);
}
