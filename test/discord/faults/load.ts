import { expect, onTestFinished } from 'vitest';
import type { LogLine } from '../../collect-log.ts';
import { ANSWERS, type Scene, scene } from '../scene.ts';
import type { Message } from '../server/index.ts';

/** Ordinary lines; more than that is somebody's to look at. */
const INFO = 30;
const WARN = 40;

const QUESTIONS = [
  ['was kostet Xiaomi Pay?', ANSWERS.cost.de],
  ['when does Xiaomi Pay start?', ANSWERS.launch.en],
  ['mit wem arbeitet Xiaomi zusammen?', ANSWERS.partner.de],
  ['kommt Xiaomi Pay nach Deutschland?', ANSWERS.germany.de],
] as const;

/** A question that was put to the bot, and how its answer begins. */
interface Asked {
  readonly message: Message;
  readonly answer: string;
}

/** A bot that many members in many channels ask at once. */
export interface Load extends Scene {
  readonly asked: readonly Asked[];
  /** So many more ask. */
  ask(count: number): Asked[];
  /** Everybody who asked has got the answer to the question, once; nobody got anything else. */
  expectAllAnsweredOnce(): Promise<void>;
  /** Lines that somebody should look at, each one line; failures of the bot itself are none of them. */
  warnings(): string[];
}

const CHANNELS = 8;
const MEMBERS = 16;

export async function load(...options: Parameters<typeof scene>): Promise<Load> {
  const stage = await scene(...options);
  const { discord, guild, logged } = stage;
  const channels = Array.from({ length: CHANNELS }, (_, index) => guild.textChannel(`channel-${index}`));
  const members = Array.from({ length: MEMBERS }, (_, index) => guild.member(`Member ${index}`));
  const asked: Asked[] = [];
  onTestFinished(() => expect(ownFailures(logged)).toEqual([]));
  return {
    ...stage,
    asked,
    ask: (count) => {
      const more = Array.from({ length: count }, (): Asked => {
        const nth = asked.length;
        const [question, answer] = QUESTIONS[nth % QUESTIONS.length] ?? QUESTIONS[0];
        const channel = channels[nth % CHANNELS] ?? stage.general;
        const message = (members[nth % MEMBERS] ?? stage.anna).says(channel, `${discord.bot.mention} ${question}`);
        asked.push({ message, answer });
        return { message, answer };
      });
      return more;
    },
    expectAllAnsweredOnce: async () => {
      const unanswered = () => asked.filter(({ message }) => message.replies.length === 0);
      await discord.until('every question to be answered', () => unanswered().length === 0 || undefined);
      await discord.settled();
      expect(asked.map(({ message }) => message.replies.length)).toEqual(asked.map(() => 1));
      for (const { message, answer } of asked) expect(message.replies[0]?.content).toContain(answer);
      expect(channels.flatMap(({ fromBot }) => fromBot)).toHaveLength(asked.length);
    },
    warnings: () => logged.filter(({ level }) => level === WARN).map(({ msg }) => msg),
  };
}

/** What a fault outside must never lead to: an error of the bot's own, or a stack trace. */
export function ownFailures(logged: readonly LogLine[]): readonly LogLine[] {
  return logged.filter((line) => line.level > WARN || (line.level > INFO && /\n\s+at /.test(JSON.stringify(line))));
}
