import { z } from 'zod';
import { STATUSES } from './knowledge.ts';

/** A button's custom id has 100 characters, and says more than the topic. */
const LONGEST_ID = 50;
/** Discord allows 80 characters on a button, and a title has to fit on one. */
export const LONGEST_TITLE = 80;
/** Discord allows 2,000 code points in a message; the rest is for the line with the source. */
export const LONGEST_ANSWER = 1_600;
/** Longer than a message can be quoted as an example of how people ask. */
export const LONGEST_PHRASING = 300;

const codePoints = (text: string) => [...text].length;

const text = (longest: number) =>
  z
    .string({ error: 'must be text' })
    .trim()
    .min(1, 'must not be empty')
    .refine((value) => codePoints(value) <= longest, {
      error: (issue) => `is ${codePoints(String(issue.input))} characters long; ${longest} are allowed`,
    });

const id = z
  .string()
  .max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, like "launch-date"');

const topicText = z.strictObject({
  title: text(LONGEST_TITLE),
  answer: text(LONGEST_ANSWER),
  phrasings: z.array(text(LONGEST_PHRASING)).min(1, 'needs at least one phrasing'),
});

/** `topics/<id>.yaml` */
export const topicSchema = z
  .strictObject({
    id,
    status: z.enum(STATUSES).optional(),
    smallTalk: z.literal(true).optional(),
    passages: z.array(z.string()).default([]),
    related: z.array(id).default([]),
    de: topicText,
    en: topicText,
  })
  .refine((topic) => (topic.status === undefined) === (topic.smallTalk === true), {
    path: ['status'],
    error: `is missing: one of ${STATUSES.join(', ')}, or "smallTalk: true" instead of a status for greetings and the like`,
  })
  .refine((topic) => topic.passages.length > 0 || topic.status === 'not-stated' || topic.smallTalk === true, {
    path: ['passages'],
    error: 'must name at least one sentence of the article, unless the status is "not-stated"',
  });

const wordText = text(60);
const perLanguage = <T extends z.ZodType>(schema: T) => z.strictObject({ de: schema, en: schema });

/** `words.yaml` */
export const wordsSchema = z.strictObject({
  names: z
    .array(
      z.strictObject({ name: wordText, subject: z.boolean().default(false), variants: z.array(wordText).default([]) }),
    )
    .default([]),
  spellings: perLanguage(z.record(wordText, z.array(wordText))).default({ de: {}, en: {} }),
  synonyms: perLanguage(z.array(z.array(wordText).min(2, 'needs at least two words that mean the same'))).default({
    de: [],
    en: [],
  }),
});

/** `elsewhere.yaml` */
export const elsewhereSchema = perLanguage(z.array(text(LONGEST_PHRASING)));

/** `article.yaml` */
export const articleSchema = z.strictObject({ note: perLanguage(text(120)) });
