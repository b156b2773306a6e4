import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  RESTJSONErrorCodes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { logFailure } from '../operation/failures.ts';
import { ttlCache } from '../operation/ttl-cache.ts';
import { responseTo, type Vote } from './click.ts';
import { COMMAND, CONTEXT_COMMAND } from './commands.ts';
import { attempt, type BotContext, languageOf, MINUTE, tell, whereIs } from './context.ts';
import { fromCustomId } from './custom-id.ts';
import { moderate } from './moderation.ts';
import { permissionToWrite } from './permissions.ts';
import { textOf } from './question.ts';
import { asEphemeral, greeting, plainMessage, type ReplyMessage, replyMessage, topicList } from './reply.ts';
import { DISCORD_TEXTS } from './texts.ts';
import { chosenTopic, topicChoices } from './topic-search.ts';
import { settingsAt } from './trigger.ts';

type ComponentUse = ButtonInteraction | StringSelectMenuInteraction;
type Asking = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

/** A private reply can be used as long as its interaction's token lives. */
const SHARED_REMEMBERED_FOR = 15 * MINUTE;
const MAX_SHARED = 5_000;
/** Later, a member can vote on the same answer again. */
const VOTES_REMEMBERED_FOR = 24 * 60 * MINUTE;
const MAX_VOTES = 20_000;

/** Answers commands, autocomplete, buttons and menus. */
export function answerInteractions(context: BotContext) {
  const { channels, clock, feedback, limits, live, log, metrics, recorder } = context;
  /** By private answer, the custom id of its latest share: the answer may show another topic by now. */
  const shared = ttlCache<string, string>(SHARED_REMEMBERED_FOR, MAX_SHARED, clock);
  /** By answer, its topics, language and member, whether it helped. Who voted is never stored. */
  const votes = ttlCache<string, boolean>(VOTES_REMEMBERED_FOR, MAX_VOTES, clock);

  const textsFor = (interaction: Interaction) => DISCORD_TEXTS[languageOf(interaction, context)];

  async function answer(interaction: Interaction): Promise<void> {
    try {
      if (interaction.isAutocomplete()) {
        const typed = interaction.options.getFocused();
        await interaction.respond(topicChoices(typed, languageOf(interaction, context), live.engine));
      } else if (interaction.isChatInputCommand() && interaction.commandName === COMMAND) await run(interaction);
      else if (interaction.isMessageContextMenuCommand() && interaction.commandName === CONTEXT_COMMAND)
        await ask(interaction, textOf(interaction.targetMessage));
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await use(interaction);
    } catch (error) {
      logFailure(log, error, 'answering an interaction', whereIs(interaction));
      const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
      if (isGone || !interaction.isRepliable()) return;
      const apology = asEphemeral(plainMessage(textsFor(interaction).failed));
      // Not by editing: the reply to a deferred click is the message that was clicked.
      const sent = interaction.deferred ? interaction.followUp(apology) : interaction.reply(apology);
      // What made it fail may refuse the apology, too.
      await sent.catch(() => {});
    }
  }

  async function run(interaction: ChatInputCommandInteraction): Promise<void> {
    const { knowledge, subject } = live.engine;
    const { options, user, client } = interaction;
    const command = options.getSubcommand();
    if (command === 'ask') await ask(interaction, options.getString('question', true));
    else if (command === 'help') await tell(interaction, textsFor(interaction).help(subject, `<@${client.user.id}>`));
    else if (command === 'topics')
      await interaction.reply(asEphemeral(topicList(knowledge, languageOf(interaction, context), user.id, 0)));
    else await moderate(interaction, command, context);
  }

  async function ask(interaction: Asking, text: string): Promise<void> {
    const { engine } = live;
    const since = clock.now();
    const locale = languageOf(interaction, context);
    const asker = interaction.user.id;
    const limit = limits.reached(asker);
    if (limit) {
      log.info({ ...whereIs(interaction), limit: limit.of, seconds: limit.seconds }, 'reached the limit');
      return tell(interaction, DISCORD_TEXTS[locale].slowDown[limit.of](limit.seconds));
    }
    limits.charge('member', asker);
    const chosen = chosenTopic(text, engine);
    const reading = chosen === undefined ? engine.read(text) : undefined;
    const decision = reading && engine.decide(reading, { language: locale });
    if (decision) log.debug({ ...whereIs(interaction), kind: decision.kind, reasons: decision.reasons }, 'decided');
    const reply = decision ? engine.reply(decision) : engine.answer([chosen ?? ''], locale);
    const viewer = { asker, isPrivate: true };
    const { knowledge } = engine;
    const message = reply ? replyMessage(reply, viewer, knowledge) : greeting(locale, viewer, knowledge);
    const { resource } = await interaction.reply({ ...asEphemeral(message), withResponse: true });
    if (!reply) return;
    const { kind: outcome, language } = reply;
    const way = interaction.isChatInputCommand() ? 'command' : 'context-menu';
    metrics?.answered({ outcome, language, way, seconds: (clock.now() - since) / 1_000 });
    const id = resource?.message?.id;
    // The message in a context menu may be somebody else's.
    if (way === 'command' && reading && decision && id !== undefined)
      await recorder?.answered(id, asker, reading, decision);
    log.info({ ...whereIs(interaction), outcome, language }, 'answered a command');
  }

  async function use(interaction: ComponentUse): Promise<void> {
    const control = fromCustomId(interaction.customId);
    const user = interaction.user.id;
    const click = {
      user,
      isTheirs: control !== undefined && isTheirs(interaction, control.asker),
      isPrivate: interaction.message.flags.has(MessageFlags.Ephemeral),
      chosen: interaction.isStringSelectMenu() ? interaction.values[0] : undefined,
      language: languageOf(interaction, context),
    };
    const response = responseTo(control, click, live.engine);
    if (response.kind === 'post') return share(interaction, response.message);
    const vote = response.kind === 'whisper' ? response.vote : undefined;
    // The clicked message, or the one whose button or menu opened it.
    const id = interaction.message.interactionMetadata?.interactedMessageId ?? interaction.message.id;
    const counting = vote && count(`${id} ${vote.topics} ${vote.language} ${user}`, vote);
    if (vote) log.info(vote, 'feedback');
    if (response.kind === 'replace') {
      // A moderator's post begins with the member whom it is for.
      const [member = ''] = /^<@\d+>\n/.exec(interaction.message.content) ?? [];
      await interaction.update({ ...response.message, content: member + response.message.content });
    } else if (response.kind === 'whisper') await interaction.reply(asEphemeral(response.message));
    else {
      await interaction.deferUpdate();
      await interaction.deleteReply();
      shared.delete(id);
    }
    await counting;
    if (control?.action === 'none' || vote?.helpful === false) await recorder?.didNotHelp(id);
  }

  /** Counts one vote per member, answer and language; another one moves it. */
  async function count(key: string, { topics, language, helpful }: Vote): Promise<void> {
    const before = votes.get(key);
    if (before === helpful) return;
    votes.set(key, helpful);
    const taken = before === undefined ? 0 : -1;
    const change = { helpful: helpful ? 1 : taken, unhelpful: helpful ? taken : 1 } as const;
    const isCounted = await attempt(log, 'counting a vote', {}, async () => {
      for (const topic of topics) await feedback.vote(topic, language, change);
      return true;
    });
    // Or else the next vote would take back one that was never counted.
    if (isCounted) return;
    if (before === undefined) votes.delete(key);
    else votes.set(key, before);
  }

  /** Members can share once, where they can write and no moderator has switched the bot off. */
  async function share(interaction: ComponentUse, message: ReplyMessage): Promise<void> {
    const { channel, channelId, customId, memberPermissions, user } = interaction;
    const { id } = interaction.message;
    const texts = textsFor(interaction);
    const isOff = settingsAt(channel, channels).mode === 'off';
    const mayWrite = !isOff && memberPermissions?.has(permissionToWrite(channel));
    if (interaction.inGuild() && !mayWrite) return tell(interaction, texts.notAllowedHere);
    if (shared.get(id) === customId) return tell(interaction, texts.sharedAlready);
    const limit = limits.reached(user.id, channelId);
    if (limit) return tell(interaction, texts.slowDown[limit.of](limit.seconds));
    shared.set(id, customId);
    const { resource } = await interaction.reply({ ...message, withResponse: true }).catch((error: unknown) => {
      shared.delete(id);
      throw error;
    });
    // Discord shows it to the member alone if they may not use external apps.
    if (resource?.message?.flags.has(MessageFlags.Ephemeral)) {
      shared.delete(id);
      await interaction.followUp({ content: texts.sharedPrivately, flags: MessageFlags.Ephemeral });
      return;
    }
    limits.charge('member', user.id);
    limits.charge('channel', channelId);
    log.info(whereIs(interaction), 'shared an answer');
  }

  return answer;
}

/** A custom id and the asker in it can be forged. Discord itself says who clicked and what is on the message. */
function isTheirs({ user, customId, message, memberPermissions }: ComponentUse, asker: string): boolean {
  const isOnTheMessage = message.resolveComponent(customId) !== null;
  return (isOnTheMessage && user.id === asker) || (memberPermissions?.has('ManageMessages') ?? false);
}
