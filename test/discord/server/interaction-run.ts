import { type APIModalInteractionResponseCallbackData, InteractionResponseType } from 'discord.js';
import type { Choice, Interaction } from './interaction.ts';
import type { Message } from './message.ts';
import type { World } from './world.ts';

/** What Discord shows when an app does not answer in time. */
export class ApplicationDidNotRespond extends Error {
  override readonly name = 'ApplicationDidNotRespond';
}

/** What somebody sees after running a command, clicking a button or choosing from a menu. */
export class InteractionRun {
  readonly interaction: Interaction;

  constructor(interaction: Interaction) {
    this.interaction = interaction;
  }

  /**
   * The message that was shown or changed: the first answer, or the message that a button is on.
   * @throws if there is none
   */
  get message(): Message {
    const { original } = this.interaction;
    if (!original) throw new Error('This interaction was answered without a message.');
    return original;
  }

  get content(): string {
    return this.message.content;
  }

  /** Whether only the one who asked sees it. */
  get ephemeral(): boolean {
    return this.message.ephemeral;
  }

  /** What was shown after the first answer. */
  get followUps(): readonly Message[] {
    return this.interaction.followUps;
  }

  /** What autocomplete offered. */
  get choices(): readonly Choice[] {
    return this.interaction.choices ?? [];
  }

  /** The form that opened, if one did. */
  get modal(): APIModalInteractionResponseCallbackData | undefined {
    return this.interaction.modal;
  }
}

/**
 * Waits until somebody sees the outcome of what they did: a message, a changed or deleted message, choices, a form.
 * After "… is thinking" that is when the thinking has ended; after a silent acknowledgement (type 6), when something
 * has come of it or the bot is idle.
 * @throws ApplicationDidNotRespond when the first answer does not come within Discord's deadline
 */
export async function outcomeOf(
  world: World,
  interaction: Interaction,
  settled: () => Promise<void>,
): Promise<InteractionRun> {
  const run = new InteractionRun(interaction);
  const what = `an answer to ${interaction.person.name}'s interaction ${JSON.stringify(interaction.data)}`;
  const answer = await world.until(what, () => {
    if (interaction.hasLapsed(world)) {
      throw new ApplicationDidNotRespond(
        `The application did not respond within ${world.settings.interactionDeadlineMs} ms.\n${world.history()}`,
      );
    }
    return interaction.answer;
  });
  if (answer === InteractionResponseType.DeferredChannelMessageWithSource) {
    await world.until(`the end of thinking after ${what}`, () =>
      interaction.originalDeleted || !interaction.original?.loading ? true : undefined,
    );
  }
  if (answer === InteractionResponseType.DeferredMessageUpdate) {
    const effect = world.until(`an effect of ${what}`, () =>
      interaction.edits || interaction.followUps.length || interaction.original?.deleted ? true : undefined,
    );
    effect.catch(() => {});
    await Promise.race([effect, settled()]);
  }
  return run;
}
