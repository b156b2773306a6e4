import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../src/cli/ask.ts';
import { explanationOf } from '../../src/cli/explain.ts';
import { decisionJson } from '../../src/cli/json.ts';
import { screenOn } from '../../src/cli/screen.ts';
import { fromCustomId, toCustomId } from '../../src/discord/custom-id.ts';
import { replyMessage } from '../../src/discord/reply.ts';
import { FOREIGN_TEXT, TEXTS } from '../../src/engine/texts.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { shippedEngine } from '../shipped-knowledge.ts';
import { hostileMessage, STEERS } from './hostile.ts';

const engine = shippedEngine;
const { knowledge } = engine;
const screen = screenOn(new PassThrough());

const decisionOn = (text: string) => engine.decide(engine.read(text));
const replyTo = (text: string) => engine.reply(decisionOn(text));

/** Every text that a reply may have: those of the topics, and the bot's own. */
const OWN_TEXTS: ReadonlySet<string> = new Set([
  FOREIGN_TEXT,
  ...knowledge.topics.flatMap((topic) => LANGUAGES.map((language) => topic[language].answer)),
  ...LANGUAGES.flatMap((language) => [
    ...[1, 2].map(TEXTS[language].didYouMean),
    TEXTS[language].unknown(engine.subject),
  ]),
]);

describe('whatever is said to the bot', () => {
  test('gets the same reply each time, which says nothing but what the bot has to say', () => {
    fc.assert(
      fc.property(hostileMessage, (text) => {
        const reply = replyTo(text);
        const texts = !reply
          ? []
          : reply.kind === 'answer'
            ? reply.topics.map((topic) => topic[reply.language].answer)
            : [reply.text];
        for (const own of texts) expect(OWN_TEXTS).toContain(own);
        const decision = decisionOn(text);
        const confidence = 'confidence' in decision ? decision.confidence : 0;
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(decisionOn(text)).toEqual(decision);
      }),
      { numRuns: 150 },
    );
  });

  test('is answered in a message that Discord takes and that notifies nobody', () => {
    const asker = fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map(String);
    fc.assert(
      fc.property(hostileMessage, asker, fc.boolean(), (text, asker, isPrivate) => {
        const reply = replyTo(text);
        if (!reply) return;
        const message = replyMessage(reply, { asker, isPrivate }, knowledge);
        expect([...message.content].length).toBeLessThanOrEqual(2_000);
        expect(message.allowedMentions).toEqual({ parse: [], repliedUser: false });
        const ids = message.components
          .flatMap(({ components }) => components)
          .map((component) => ('custom_id' in component ? component.custom_id : ''));
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(fromCustomId(id)).toMatchObject({ asker });
      }),
      { numRuns: 100 },
    );
  });

  test('is no less understood for what cannot be seen in it', () => {
    const invisible = fc.constantFrom('\u200b', '\u2060', '\u202e', '\ufeff', '\u00ad');
    const phrasing = fc.constantFrom(...knowledge.topics.flatMap(({ de, en }) => [de.title, en.title]));
    fc.assert(
      fc.property(phrasing, fc.array(fc.tuple(fc.nat(), invisible), { maxLength: 20 }), (text, places) => {
        const points = [...text];
        for (const [place, character] of places) points.splice(place % (points.length + 1), 0, character);
        expect(replyTo(points.join(''))).toEqual(replyTo(text));
      }),
    );
  });
});

describe('whatever is asked in the terminal', () => {
  test('neither steers it nor adds a line, in a reply or in its explanation', () => {
    fc.assert(
      fc.property(hostileMessage, (text) => {
        const reading = engine.read(text);
        const decision = engine.decide(reading);
        const reply = engine.reply(decision);
        const explanation = explanationOf(reading, [], decision, engine);
        for (const line of `${reply ? screen.reply(reply) : ''}\n${explanation}`.split('\n'))
          expect(line).not.toMatch(STEERS);
        expect(explanation.split('\n').length).toBeLessThan(reading.words.length + reading.parts.length + 25);
      }),
      { numRuns: 100 },
    );
  });

  test('is one line of JSON that gives the question back as it was', () => {
    fc.assert(
      fc.property(hostileMessage, (text) => {
        const line = decisionJson(engine.read(text), decisionOn(text), engine);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must not be there
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(JSON.parse(line)).toMatchObject({ question: text });
      }),
    );
  });

  test('comes line by line, however the bytes arrive', async () => {
    const lines = fc.array(
      hostileMessage.map((text) => text.replace(/\r?\n|\r$/g, ' ').toWellFormed()),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 50 }),
        async (lines, end, size) => {
          const bytes = Buffer.from(lines.map((line) => line + end).join(''));
          const chunks = async function* () {
            for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
          };
          const read: string[] = [];
          for await (const line of linesOf(chunks())) read.push(line);
          const [first, ...others] = lines;
          const withoutMark = first?.startsWith('\ufeff') ? first.slice(1) : first;
          expect(read).toEqual(first === undefined ? [] : [withoutMark, ...others]);
        },
      ),
    );
  });
});

describe('a custom id', () => {
  test('that anybody makes up is either one that the bot could have written or none', () => {
    const parts = fc.array(
      fc.oneof(
        fc.constantFrom('xp1', 'topic', 'dismiss', 'page', 'menu', 'de', 'en', '1', '0', '', 'fees', '__proto__'),
        fc.string({ maxLength: 20 }),
      ),
      { maxLength: 7 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          parts.map((parts) => parts.join('|')),
          hostileMessage,
        ),
        (id) => {
          const control = fromCustomId(id);
          if (!control) return;
          expect(fromCustomId(toCustomId(control))).toEqual(control);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
