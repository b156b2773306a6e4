import { z } from 'zod';
import type { Engine } from '../engine/engine.ts';
import type { ReviewedGap } from '../gaps/review.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { LANGUAGES } from '../knowledge/knowledge.ts';
import type { TopicFile } from '../knowledge/rule.ts';
import { articleView } from './article.ts';
import { ask, use } from './conversation.ts';
import { gapsView, tryAddition } from './gaps.ts';
import { topicView } from './topic.ts';
import type { Workbench } from './workbench.ts';

/** A request that can't be served; the message says why. */
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

/** Of Discord, for subscribers. */
const MAX_MESSAGE_LENGTH = 4_000;
const topicId = z.string().max(100);
const language = z.enum(LANGUAGES);

const asking = z.strictObject({
  text: z.string().max(MAX_MESSAGE_LENGTH),
  trigger: z.enum(['addressed', 'overheard']),
  previous: z.array(topicId).max(2),
  language,
});

const using = z.strictObject({
  id: z.string().max(100),
  chosen: topicId.optional(),
  isPrivate: z.boolean(),
  language,
});

/**
 * The answer to a request of the page.
 *
 * @throws {Refusal} if there is nothing at the path, or the body has the wrong form
 */
export async function answerTo({ path, query, body }: ApiRequest, workbench: Workbench): Promise<unknown> {
  switch (body === undefined ? `GET ${path}` : `POST ${path}`) {
    case 'GET state':
      return workbench.state;
    case 'GET article':
      return articleView(engineOf(workbench).knowledge);
    case 'GET topic':
      return topicView(topicFile(query, workbench));
    case 'GET confusions':
      return workbench.confusions;
    case 'GET changes':
      return workbench.changes;
    case 'GET gaps':
      return gapsView(workbench.settings, engineOf(workbench));
    case 'GET addition':
    case 'GET trial': {
      const { text, wordings, language } = await gap(query, workbench);
      const phrasings = [text, ...wordings];
      const file = topicFile(query, workbench);
      const { knowledge, defaultLanguage } = engineOf(workbench);
      if (path === 'trial')
        return tryAddition({ knowledge, defaultLanguage, topic: file.value.id, language, phrasings });
      const addition = phrasingsToAdd(file, language, phrasings);
      return { ...addition, file: shownPath(addition.file) };
    }
    case 'POST check-phrasings':
      return workbench.checkPhrasings();
    case 'POST ask':
      return ask(parsed(asking, body), engineOf(workbench));
    case 'POST use': {
      const { chosen, ...rest } = parsed(using, body);
      return use({ chosen, ...rest }, engineOf(workbench));
    }
    default:
      throw new Refusal(404, 'There is nothing at this address.');
  }
}

function engineOf({ engine }: Workbench): Engine {
  if (!engine) throw new Refusal(503, 'The bot can answer once the knowledge has no errors and has been learned.');
  return engine;
}

function topicFile(query: URLSearchParams, { files }: Workbench): TopicFile {
  const id = query.get('topic');
  const file = files?.topics.find(({ value }) => value.id === id);
  if (!file) throw new Refusal(404, 'There is no such topic.');
  return file;
}

/** The group of unanswered questions that one belongs to. */
async function gap(query: URLSearchParams, workbench: Workbench): Promise<ReviewedGap> {
  const id = Number(query.get('gap'));
  const { gaps } = await gapsView(workbench.settings, engineOf(workbench));
  const found = gaps.find(({ ids }) => ids.includes(id));
  if (!found) throw new Refusal(404, 'This question is no longer recorded.');
  return found;
}

function parsed<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, `The request has the wrong form: ${z.prettifyError(result.error)}`);
}
