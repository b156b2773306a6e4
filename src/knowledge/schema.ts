import { z } from 'zod';
import { MISSING, REMEDY_SEPARATOR } from './form-mistake.ts';
import { LANGUAGES, type NameRole, STATUSES, type Topic } from './knowledge.ts';

/** A button's custom id has 100 characters, and says more than the topic. */
const MAX_ID_LENGTH = 50;
/** Discord allows 80 characters on a button, and a title has to fit on one. */
const MAX_TITLE_LENGTH = 80;
/** Discord allows 2,000 code points in a message; the rest is for the line with the source. */
const MAX_ANSWER_LENGTH = 1_600;
/** Longer than any example of how people ask needs to be. */
const MAX_PHRASING_LENGTH = 400;

const codePoints = (text: string) => [...text].length;

/** Invisible characters that change the direction of writing, so that a text reads differently from what it says. */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/;
/** Not white space, a zero-width space or joiner, a filler, or the empty pattern of Braille. */
const VISIBLE = /[^\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .refine((value) => value === '' || VISIBLE.test(value), {
      error: `has only invisible characters${REMEDY_SEPARATOR}Delete them, and write something that can be seen.`,
    })
    .refine((value) => !BIDI_CONTROLS.test(value), {
      error: `contains an invisible character that changes the direction of writing${REMEDY_SEPARATOR}Delete it, or type the text again.`,
    })
    .refine((value) => codePoints(value) <= longest, {
      error: ({ input }) => {
        const length = codePoints(String(input));
        return `is ${length} characters long; ${longest} are allowed${REMEDY_SEPARATOR}Shorten it by ${length - longest}.`;
      },
    })
    // JSON Schema counts code points too, but zod does not pass a refinement on to it.
    .meta({ maxLength: longest });

/** What a topic may be called. */
export const topicIdSchema = z
  .string()
  .max(MAX_ID_LENGTH, `must have at most ${MAX_ID_LENGTH} characters${REMEDY_SEPARATOR}Choose a shorter one.`)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    `must be words of the letters a to z and digits, joined by hyphens${REMEDY_SEPARATOR}Write it like "launch-date", without capitals, umlauts and spaces.`,
  );

export const oneSpaced = (text: string) => text.replace(/\s+/g, ' ').trim();

const passage = z.string().overwrite(oneSpaced).min(1);

/** Also checks a topic with other mistakes, so that all come at once. */
const isTopic = ({ value }: Pick<z.core.ParsePayload, 'value'>) => typeof value === 'object' && value !== null;

const topicText = z.strictObject({
  title: text(MAX_TITLE_LENGTH).describe(
    'The topic as a question, at most 80 characters: it is the label of a button.',
  ),
  answer: text(MAX_ANSWER_LENGTH).describe(
    'What the bot says. Only what the passages say, and as surely as the status says: "According to rumours …".',
  ),
  phrasings: z
    .array(text(MAX_PHRASING_LENGTH))
    .min(1, `needs at least one phrasing${REMEDY_SEPARATOR}Write how people ask, each on a line of its own after "- ".`)
    .describe('How people really ask for it: half sentences, slang, long stories. At least 40, each of its own kind.'),
});

/** `topics/<id>.yaml` */
export const topicSchema = z
  .strictObject({
    id: topicIdSchema.describe('The name of this file without ".yaml".'),
    status: z
      .enum(STATUSES)
      .optional()
      .describe(
        'How sure the article is. reported: it says so, or who said it. rumour: it repeats one. opinion: of its author. not-stated: it is silent, and the answer says so.',
      ),
    smallTalk: z
      .literal(true)
      .optional()
      .transform((value) => value === true)
      .describe('Instead of a status, for greetings and the like: answered only when the bot is addressed.'),
    passages: z
      .array(passage)
      .default([])
      .describe('The sentences of article.txt that the answer rests on, word for word, mistakes and all.'),
    related: z.array(topicIdSchema).default([]).describe('Ids of the topics to go on with, the nearest first.'),
    de: topicText.describe('German'),
    en: topicText.describe('English'),
  })
  .refine((topic) => (topic.status === undefined) === (topic.smallTalk === true), {
    when: isTopic,
    path: ['status'],
    error: ({ input }) =>
      typeof input === 'object' && input !== null && 'status' in input
        ? `cannot be combined with "smallTalk"; a topic has one of the two${REMEDY_SEPARATOR}Delete "smallTalk" if the article says how sure it is, else the status.`
        : `${MISSING}${REMEDY_SEPARATOR}Add it: one of ${STATUSES.join(', ')}; or "smallTalk: true" for greetings and the like.`,
  })
  .refine(({ passages, status, smallTalk }) => status === 'not-stated' || smallTalk === true || hasEntries(passages), {
    when: isTopic,
    path: ['passages'],
    error: `must name at least one sentence of the article${REMEDY_SEPARATOR}Copy the sentences that the answer rests on, or write "status: not-stated" if there are none.`,
  })
  .meta({
    title: 'A topic of the knowledge',
    // What the refinements above say, as far as JSON Schema can.
    oneOf: [{ required: ['status'] }, { required: ['smallTalk'] }],
  });

/** What a topic's file may hold, as JSON Schema, from which editors complete, explain and underline. */
export const topicJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(topicSchema, { io: 'input', target: 'draft-7' }), null, 2)}\n`;

/** In the knowledge folder, beside `topics/`. */
export const TOPIC_JSON_SCHEMA_FILE = 'topic.schema.json';

/** The first line of a topic's file names the schema for editors. */
export const SCHEMA_COMMENT = `# yaml-language-server: $schema=../${TOPIC_JSON_SCHEMA_FILE}`;

/** Values of the wrong form are mistakes of their own. */
const hasEntries = (list: unknown) => !Array.isArray(list) || list.length > 0;

const textDraft = z.string().catch('');
const textsDraft = z.array(textDraft).catch([]);
const topicTextDraft = z
  .object({ title: textDraft, answer: textDraft, phrasings: textsDraft })
  .catch({ title: '', answer: '', phrasings: [] });

/** A topic with something empty for whatever is wrong in it, so that the rest can be checked. */
export const topicDraft: z.ZodType<Topic> = z.object({
  id: textDraft,
  status: z.enum(STATUSES).optional().catch(undefined),
  smallTalk: z.boolean().catch(false),
  passages: z.array(passage.catch('')).catch([]),
  related: textsDraft,
  de: topicTextDraft,
  en: topicTextDraft,
});

const wordText = text(60);
const perLanguage = <T extends z.ZodType>(schema: T) => z.strictObject({ de: schema, en: schema });

const synonyms = z
  .array(wordText)
  .min(2, `needs at least two words that mean the same${REMEDY_SEPARATOR}Add one, or delete the line.`);

/** `words.yaml` */
export const wordsSchema = z.strictObject({
  names: z
    .array(
      z
        .strictObject({
          name: wordText,
          subject: z.boolean().default(false),
          other: z.boolean().default(false),
          variants: z.array(wordText).default([]),
        })
        .transform(({ name, variants, subject, other }) => {
          const role: NameRole = subject ? 'subject' : other ? 'other' : 'mentioned';
          return { name, variants, role };
        }),
    )
    .default([]),
  spellings: perLanguage(z.record(wordText, z.array(wordText))).default({ de: {}, en: {} }),
  synonyms: perLanguage(z.array(synonyms)).default({ de: [], en: [] }),
});

export type WordsContent = z.output<typeof wordsSchema>;

const messages = z.array(text(MAX_PHRASING_LENGTH));

/** `out-of-scope.yaml` and `reactions.yaml` */
export const messagesSchema = perLanguage(messages);

/** `follow-ups.yaml` */
export const followUpsSchema = z.array(
  z.strictObject({ after: topicIdSchema, asks: topicIdSchema, de: messages, en: messages }),
);

/** `overheard.yaml` */
export const overheardSchema = z.array(
  z.strictObject({
    voice: topicIdSchema,
    language: z.enum(LANGUAGES),
    'asks-channel': z.array(z.record(topicIdSchema, text(MAX_PHRASING_LENGTH))).default([]),
    'asks-someone': messages.default([]),
    states: messages.default([]),
    jokes: messages.default([]),
    'answers-itself': messages.default([]),
    quotes: messages.default([]),
    'asks-elsewhere': messages.default([]),
  }),
);

export type OverheardContent = z.output<typeof overheardSchema>;

/** `article.yaml` */
export const articleSchema = z.strictObject({ note: perLanguage(text(120)) });
