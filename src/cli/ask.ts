import { z } from 'zod';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { openEngine } from '../operation/open-engine.ts';
import { readSettings } from '../operation/settings.ts';
import { explanationOf } from './explain.ts';
import { decisionJson } from './json.ts';
import { screenOn } from './screen.ts';
import { ACKNOWLEDGEMENT } from './texts.ts';

const usage = `Usage: npm run ask -- [--json | --explain] [--knowledge DIR] "question"
       … | npm run ask -- [--json | --explain]     answers one message per line of standard input

--json      prints one JSON object per message: outcome is answer, suggest (topics to choose from), unknown or none (nothing is asked);
            interject says whether the bot would answer unasked, had it overheard the message in an open channel
--explain   prints how each message was understood and why it gets its reply

A line may also be a message in a conversation: { "text": "…", "after": ["an earlier message of the same member", …] }
Any other line is itself the text of a message, even if it is JSON of another form.`;

const messageSchema = z.object({ text: z.string(), after: z.array(z.string()).default([]) });
type Message = z.output<typeof messageSchema>;

/** Answers a question, or each line of the input. */
export const ask = command({
  usage,
  options: {
    json: { type: 'boolean', default: false },
    explain: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  allowPositionals: true,
  async run({ values: { json, explain, knowledge }, positionals }, { input, output, print, environment }) {
    if (json && explain) throw new UsageError('--json and --explain exclude each other.');
    // A program gets an object for each message, even for an empty one.
    const isMissing = positionals.length === 0 ? input.isTTY : !json && positionals.join('').trim() === '';
    if (isMissing) throw new UsageError('No question was given.');
    const engine = openEngine(knowledge, readSettings(environment));
    const screen = screenOn(output);
    const answer = ({ text, after }: Message) => {
      const context = engine.contextAfter(after);
      const reading = engine.read(text);
      const decision = engine.decide(reading, context);
      const reply = engine.reply(decision);
      if (json) print(decisionJson(reading, decision, engine));
      else if (explain) print(`${explanationOf(reading, context.previous, decision, engine)}\n`);
      else print(`${reply ? screen.reply(reply) : ACKNOWLEDGEMENT}\n`);
    };
    if (positionals.length > 0) answer({ text: positionals.join(' '), after: [] });
    else for await (const line of linesOf(input)) if (json || line.trim() !== '') answer(messageIn(line));
    return 0;
  },
});

/** A line that is no JSON of the right form is the text of a message. */
function messageIn(line: string): Message {
  try {
    return messageSchema.parse(JSON.parse(line));
  } catch {
    return { text: line, after: [] };
  }
}

/**
 * The lines of a UTF-8 stream. Unlike in `node:readline`, a line separator (U+2028) or a lone carriage return does not
 * end a line: a question that contains one stays one question.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

if (import.meta.main) await runAsProcess(ask);
