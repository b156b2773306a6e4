import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Engine, type Trained } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { reviewGaps } from '../gaps/review.ts';
import { phrasingsToAdd } from '../gaps/yaml-lines.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { type Knowledge, LANGUAGES } from '../knowledge/knowledge.ts';
import { inReadingOrder, type Problem } from '../knowledge/problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import { KnowledgeWatch } from '../knowledge/watch.ts';
import type { Settings } from '../operation/settings.ts';
import { openForQuestions } from '../storage/storage.ts';
import { articleView } from './article.ts';
import type { Compared, LearnRequest, LearnStep } from './learning-worker.ts';
import type { PhrasingCheckStep } from './phrasing-check-worker.ts';

/** How often the folder is looked at, in milliseconds: an editor is waiting. */
const WATCH_INTERVAL = 150;

export type WorkbenchSettings = Pick<Settings, 'DEFAULT_LANGUAGE' | 'DATA_DIR' | 'DATABASE_URL' | 'RECORD_QUESTIONS'>;
/** What the page always knows; the server sends it again with each change. */
export type State = Workbench['state'];
export type GapsView = Awaited<ReturnType<Workbench['gaps']>>;

interface Loaded {
  readonly engine: Engine;
  readonly trained: Trained;
  readonly files: KnowledgeFiles;
  /** Milliseconds since 1970. */
  readonly loadedAt: number;
}

/**
 * A knowledge folder that is being edited. Follows each save: first its problems and the reworded answers, then what the bot learns from it.
 * Emits `changed` at each step.
 */
export class Workbench extends EventEmitter<{ changed: [] }> {
  readonly #directory: string;
  readonly #settings: WorkbenchSettings;
  readonly #watch: KnowledgeWatch;
  readonly #workers = new Map<string, Worker>();
  #problems: readonly Problem[] = [];
  #current: Loaded | undefined;
  #opened: Loaded | undefined;
  #compared: Compared = { figures: [], wrong: [], count: 0, replies: [] };
  #phrasingCheck: PhrasingCheckStep | undefined;

  constructor(directory: string, settings: WorkbenchSettings) {
    super();
    // One for each open page.
    this.setMaxListeners(0);
    this.#directory = directory;
    this.#settings = settings;
    this.#watch = new KnowledgeWatch(directory, () => this.#follow());
    this.#follow();
    this.#watch.start(WATCH_INTERVAL);
  }

  stop(): void {
    this.#watch.stop();
    this.removeAllListeners();
    for (const worker of this.#workers.values()) void worker.terminate();
  }

  /** What answers now; `undefined` until the folder has been free of errors once. */
  get engine(): Engine | undefined {
    return this.#current?.engine;
  }

  get state() {
    const { engine, files, loadedAt } = this.#current ?? {};
    const before = this.#opened?.engine.knowledge;
    const check = this.#phrasingCheck;
    return {
      /** The working directory, for links to files. */
      root: process.cwd(),
      folder: shownPath(this.#directory),
      /** What answers now; `null` until the folder has been free of errors once. */
      knowledge: engine
        ? {
            version: engine.knowledge.version,
            subject: engine.subject,
            topics: (files?.topics ?? []).map(({ file, value: { id, en } }) => {
              return { id, title: en.title, file: shownPath(file) };
            }),
            article: articleView(engine.knowledge),
            loadedAt: loadedAt ?? 0,
          }
        : null,
      /** Of the folder as it is now, errors first. */
      problems: shown(this.#problems),
      isLearning: this.#workers.has('learning'),
      phrasingCheck: check
        ? { ...check, isRunning: this.#workers.has('phrasing-check'), problems: shown(check.problems) }
        : null,
      /** Since the workbench was opened. */
      changes: {
        since: this.#opened?.loadedAt ?? Date.now(),
        reworded: engine && before ? rewordedAnswers(before, engine.knowledge) : [],
        ...this.#compared,
      },
    };
  }

  /**
   * The questions that the bot with these settings could not answer with the lines to add for them, and the ratings of its answers.
   *
   * @throws {StorageError} if the database can't be read
   */
  async gaps() {
    const settings = this.#settings;
    const view = { isRecording: settings.RECORD_QUESTIONS, gaps: [], feedback: [] };
    // Opening it would create it.
    const exists = settings.DATABASE_URL !== undefined || existsSync(join(settings.DATA_DIR, 'bot.sqlite'));
    if (!exists || !this.#current) return view;
    const { engine, files } = this.#current;
    const storage = await openForQuestions(settings);
    try {
      const gaps = reviewGaps(await storage.gaps.all(), engine).map((gap) => {
        const near = gap.nearest.flatMap(({ topic }) => files.topics.filter(({ value: { id } }) => id === topic));
        const additions = near.map((file) => ({
          topic: file.value.id,
          ...phrasingsToAdd(file, gap.language, [gap.text, ...gap.wordings]),
          file: shownPath(file.file),
        }));
        return { ...gap, additions };
      });
      return { ...view, gaps, feedback: await storage.feedback.all() };
    } finally {
      await storage.close();
    }
  }

  /** Looks for phrasings that sound like another topic. It takes many seconds, so it only runs when asked for. */
  checkPhrasings(): void {
    this.#phrasingCheck = { progress: 0, problems: [] };
    this.#start('phrasing-check', this.#directory, (step: PhrasingCheckStep) => {
      this.#phrasingCheck = step;
    });
    this.emit('changed');
  }

  #follow(): void {
    const { knowledge, files, problems } = checkKnowledge(this.#directory);
    this.#problems = problems;
    if (knowledge) {
      // Until the new texts have been learned, the new answers are found by what was learned before.
      if (this.#current && idsOf(this.#current.engine.knowledge) === idsOf(knowledge)) {
        this.#use(knowledge, files, this.#current.trained);
      }
      this.#learn(knowledge, files);
    }
    this.emit('changed');
  }

  #use(knowledge: Knowledge, files: KnowledgeFiles, trained: Trained): void {
    const engine = new Engine(knowledge, this.#settings.DEFAULT_LANGUAGE, trained);
    this.#current = { engine, trained, files, loadedAt: Date.now() };
  }

  #learn(knowledge: Knowledge, files: KnowledgeFiles): void {
    const before = this.#opened && { knowledge: this.#opened.engine.knowledge, trained: this.#opened.trained };
    const request: LearnRequest = { knowledge, language: this.#settings.DEFAULT_LANGUAGE, before };
    this.#start('learning', request, (step: LearnStep) => {
      if ('compared' in step) this.#compared = step.compared;
      else this.#use(knowledge, files, step.trained);
      this.#opened ??= this.#current;
    });
  }

  /** Starts a thread, so that the page stays responsive, in place of the one that still does the same job. */
  #start<Step>(job: 'learning' | 'phrasing-check', workerData: unknown, take: (step: Step) => void): void {
    void this.#workers.get(job)?.terminate();
    const worker = new Worker(new URL(`${job}-worker.ts`, import.meta.url), { workerData });
    worker.unref();
    this.#workers.set(job, worker);
    worker.on('message', (step: Step) => {
      if (worker !== this.#workers.get(job)) return;
      take(step);
      this.emit('changed');
    });
    worker.once('error', console.error).once('exit', () => {
      if (worker !== this.#workers.get(job)) return;
      this.#workers.delete(job);
      this.emit('changed');
    });
  }
}

const idsOf = ({ topics }: Knowledge) => topics.map(({ id }) => id).join();

function shown(problems: readonly Problem[]): Problem[] {
  return inReadingOrder(problems).map((problem) => ({ ...problem, file: shownPath(problem.file) }));
}

/** Answers that read differently; `null` stands for one that there was not, or is no longer. */
function rewordedAnswers(before: Knowledge, after: Knowledge) {
  const ids = new Set([...before.topics, ...after.topics].map(({ id }) => id));
  return [...ids].sort().flatMap((topic) =>
    LANGUAGES.flatMap((language) => {
      const answerIn = ({ topics }: Knowledge) => topics.find(({ id }) => id === topic)?.[language].answer ?? null;
      const [old, current] = [answerIn(before), answerIn(after)];
      return old === current ? [] : [{ topic, language, before: old, after: current }];
    }),
  );
}
