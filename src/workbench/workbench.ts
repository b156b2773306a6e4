import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Engine, type Trained } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { additionsFor, reviewGaps } from '../gaps/review.ts';
import { occurrencesOf, sentencesOf, uncoveredStretches } from '../knowledge/article-coverage.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { type Problem, shownPath } from '../knowledge/problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import { watchKnowledge } from '../knowledge/watch.ts';
import { trainedCache } from '../operation/open-engine.ts';
import type { Settings } from '../operation/settings.ts';
import { openForQuestions } from '../storage/storage.ts';
import type { Learned, LearnRequest } from './learning-worker.ts';

/** How often the folder is looked at, in milliseconds: an editor is waiting. */
const WATCH_INTERVAL = 100;

export type WorkbenchSettings = Pick<Settings, 'DEFAULT_LANGUAGE' | 'DATA_DIR' | 'DATABASE_URL' | 'RECORD_QUESTIONS'>;
/** What the page always knows; the server sends it again with each change. */
export type State = Workbench['state'];
export type GapsView = Awaited<ReturnType<Workbench['gaps']>>;

/**
 * A knowledge folder that is being edited. Follows each save: first its problems and the reworded answers, then what
 * the bot learns from it. Emits `changed` at each step.
 */
export class Workbench extends EventEmitter<{ changed: [] }> {
  readonly #directory: string;
  readonly #settings: WorkbenchSettings;
  readonly #stopWatching: () => void;
  #learning: Worker | undefined;
  readonly #openedAt = Date.now();
  #problems: readonly Problem[] = [];
  /** What answers now. */
  #current: { readonly engine: Engine; readonly files: KnowledgeFiles; readonly loadedAt: number } | undefined;
  /** What later versions are compared with. */
  #first: LearnRequest['before'];
  #compared: Learned['compared'] = { figures: [], wrong: [], count: 0, replies: [] };

  constructor(directory: string, settings: WorkbenchSettings) {
    super();
    // One for each open page.
    this.setMaxListeners(0);
    this.#directory = directory;
    this.#settings = settings;
    this.#first = trainedCache(settings.DATA_DIR, directory).read();
    this.#stopWatching = watchKnowledge(directory, () => this.#follow(), { every: WATCH_INTERVAL });
    this.#follow();
  }

  stop(): void {
    this.#stopWatching();
    this.removeAllListeners();
    void this.#learning?.terminate();
  }

  /** `undefined` until the folder has been free of errors once. */
  get engine(): Engine | undefined {
    return this.#current?.engine;
  }

  get state() {
    const [current, first] = [this.#current, this.#first];
    return {
      /** The working directory, for links to files. */
      root: process.cwd(),
      folder: shownPath(this.#directory),
      knowledge: current && {
        version: current.engine.knowledge.version,
        subject: current.engine.subject,
        topics: current.files.topics.map(({ file, value }) => ({
          id: value.id,
          title: value.en.title,
          file: shownPath(file),
        })),
        article: articleView(current.engine.knowledge),
        /** In milliseconds since 1970. */
        loadedAt: current.loadedAt,
      },
      /** Of the folder as it is now, errors first. */
      problems: this.#problems.map((problem) => ({ ...problem, file: shownPath(problem.file) })),
      isLearning: this.#learning !== undefined,
      changes: {
        since: this.#openedAt,
        reworded: current && first ? rewordedAnswers(first.knowledge, current.engine.knowledge) : [],
        ...this.#compared,
      },
    };
  }

  /** Unanswered questions with the lines to add for them, and ratings. Throws a `StorageError` if unreadable. */
  async gaps() {
    const { RECORD_QUESTIONS: isRecording, DATABASE_URL, DATA_DIR } = this.#settings;
    // Opening it would create it.
    const exists = DATABASE_URL !== undefined || existsSync(join(DATA_DIR, 'bot.sqlite'));
    if (!exists || !this.#current) return { isRecording, gaps: [], feedback: [] };
    const { engine, files } = this.#current;
    const storage = await openForQuestions(this.#settings);
    try {
      const reviewed = reviewGaps(await storage.gaps.all(), engine);
      const gaps = reviewed.map((gap) => ({ ...gap, additions: additionsFor(gap, files.topics) }));
      return { isRecording, gaps, feedback: await storage.feedback.all() };
    } finally {
      await storage.close();
    }
  }

  #follow(): void {
    const { knowledge, files, problems } = checkKnowledge(this.#directory);
    this.#problems = problems;
    if (knowledge) {
      const language = this.#settings.DEFAULT_LANGUAGE;
      const use = (trained: Trained) => {
        const engine = new Engine(knowledge, language, trained);
        this.#current = { engine, files, loadedAt: Date.now() };
      };
      // Until the new texts have been learned, the new answers are found by what was learned before.
      const known = this.engine ?? this.#first;
      if (known && idsOf(known.knowledge) === idsOf(knowledge)) use(known.trained);
      this.#learn({ knowledge, language, before: this.#first }, ({ trained, compared }) => {
        use(trained);
        this.#first ??= this.engine;
        this.#compared = compared;
      });
    }
    this.emit('changed');
  }

  /** Starts a thread, so that the page stays responsive, in place of the one that still learns what was saved before. */
  #learn(workerData: LearnRequest, take: (learned: Learned) => void): void {
    void this.#learning?.removeAllListeners('message').removeAllListeners('exit').terminate();
    const worker = new Worker(new URL('learning-worker.ts', import.meta.url), { workerData });
    worker.unref();
    this.#learning = worker;
    worker.on('error', console.error);
    worker.on('message', take);
    worker.once('exit', () => {
      this.#learning = undefined;
      this.emit('changed');
    });
  }
}

const idsOf = ({ topics }: Knowledge) => topics.map(({ id }) => id).join();

/** The sentences of the article, each with the topics that rest on it and the parts that no topic covers. */
function articleView(knowledge: Knowledge) {
  const { text } = knowledge.article;
  const passages = knowledge.topics.flatMap(({ id, passages }) =>
    passages.flatMap((passage) => occurrencesOf(passage, text).map((stretch) => ({ ...stretch, id }))),
  );
  const uncovered = uncoveredStretches(knowledge);
  return sentencesOf(text).map(({ start, end }) => {
    // None is longer than a sentence.
    const gaps = uncovered.filter((gap) => gap.start >= start && gap.end <= end);
    const edges = [start, ...gaps.flatMap((gap) => [gap.start, gap.end]), end];
    return {
      topics: [...new Set(passages.filter((each) => each.start < end && each.end > start).map(({ id }) => id))],
      /** Alternately covered and uncovered, starting with a covered one, which may be empty. */
      pieces: edges.slice(1).map((edge, index) => text.slice(edges[index], edge)),
    };
  });
}

/** Answers whose wording has changed; `null` where there was none, or is none any more. */
function rewordedAnswers(before: Knowledge, after: Knowledge) {
  const ids = new Set([...before.topics, ...after.topics].map(({ id }) => id));
  return [...ids].sort().flatMap((topic) =>
    LANGUAGES.map((language) => {
      const answerIn = ({ topics }: Knowledge) => topics.find(({ id }) => id === topic)?.[language].answer ?? null;
      return { topic, language, before: answerIn(before), after: answerIn(after) };
    }).filter((answer) => answer.before !== answer.after),
  );
}
