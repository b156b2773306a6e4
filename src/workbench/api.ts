import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import type { ReviewedGap } from '../gaps/review.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/topic-problems.ts';
import { articleView } from './article.ts';
import { ask, use } from './conversation.ts';
import { additionFor, tryAddition } from './gaps.ts';
import { topicView } from './topic.ts';
import type { ChangesView, GapsView } from './views.ts';
import type { Workbench } from './workbench.ts';

/** A request that cannot be served; the message says why. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** Of HTTP. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface ApiRequest {
  /** Without `/api/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** `undefined` for a GET. */
  readonly body: unknown;
}

/** Discord lets nobody write more. */
const MAX_MESSAGE_LENGTH = 4_000;
const language = z.enum(LANGUAGES);

const asking = z.strictObject({
  text: z.string().max(MAX_MESSAGE_LENGTH),
  heard: z.enum(['addressed', 'overheard']),
  locale: language,
});

const using = z.strictObject({
  id: z.string().max(100),
  chosen: z.string().max(100).optional(),
  isPrivate: z.boolean(),
  locale: language,
});

/**
 * What there is to tell, as a value for the page.
 *
 * @throws {Refusal} where there is nothing at the path, or the body has another form
 */
export async function answerTo({ path, query, body }: ApiRequest, workbench: Workbench): Promise<unknown> {
  switch (body === undefined ? `GET ${path}` : `POST ${path}`) {
    case 'GET state':
      return workbench.state;
    case 'GET article':
      return articleView(answering(workbench).knowledge);
    case 'GET topic':
      return topicView(topicFile(query.get('id'), workbench));
    case 'GET confusions':
      return workbench.confusions;
    case 'GET changes':
      return changes(workbench);
    case 'GET gaps':
      return { isRecording: workbench.isRecording, gaps: await workbench.gaps() } satisfies GapsView;
    case 'GET addition':
      return additionFor(await gap(query, workbench), topicFile(query.get('topic'), workbench));
    case 'GET trial': {
      const { text, wordings, language } = await gap(query, workbench);
      const topic = topicFile(query.get('topic'), workbench).value.id;
      const { knowledge, defaultLanguage } = answering(workbench);
      return tryAddition({ knowledge, defaultLanguage, topic, language, phrasings: [text, ...wordings] });
    }
    case 'POST ask':
      return ask(formed(asking, body), answering(workbench));
    case 'POST use': {
      const { chosen, ...rest } = formed(using, body);
      return use({ chosen, ...rest }, answering(workbench));
    }
    default:
      throw new Refusal(404, 'There is nothing at this address.');
  }
}

function answering({ engine }: Workbench): Engine {
  if (!engine) throw new Refusal(503, 'Nothing answers as long as the knowledge has errors.');
  return engine;
}

function changes({ changes: found }: Workbench): ChangesView {
  if (!found) throw new Refusal(503, 'Nothing answers as long as the knowledge has errors.');
  return found;
}

function topicFile(id: string | null, { files }: Workbench): TopicFile {
  const file = files?.topics.find(({ value }) => value.id === id);
  if (!file) throw new Refusal(404, 'There is no such topic.');
  return file;
}

/** The group of questions that a recorded one belongs to. */
async function gap(query: URLSearchParams, workbench: Workbench): Promise<ReviewedGap> {
  const id = Number(query.get('gap'));
  const found = (await workbench.gaps()).find(({ ids }) => ids.includes(id));
  if (!found) throw new Refusal(404, 'This question is no longer recorded.');
  return found;
}

function formed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const checked = schema.safeParse(body);
  if (checked.success) return checked.data;
  throw new Refusal(400, `The request has another form than expected: ${z.prettifyError(checked.error)}`);
}
