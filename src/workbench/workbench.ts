import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Engine, type Trained } from '../engine/engine.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { type Knowledge, LANGUAGES, type Language } from '../knowledge/knowledge.ts';
import { inReadingOrder, type Problem } from '../knowledge/problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import { KnowledgeWatch } from '../knowledge/watch.ts';
import type { Settings } from '../operation/settings.ts';
import type { Compared, LearnRequest, LearnStep } from './learning-worker.ts';
import type { PhrasingCheckStep } from './phrasing-check-worker.ts';

/** How often the folder is looked at, in milliseconds: an editor is waiting. */
const WATCH_INTERVAL = 150;

export type WorkbenchSettings = Pick<Settings, 'DEFAULT_LANGUAGE' | 'DATA_DIR' | 'DATABASE_URL' | 'RECORD_QUESTIONS'>;
/** What the page always knows; the server sends it again with each change. */
export type State = Workbench['state'];
/** What has changed since the workbench was opened. */
export type ChangesView = Workbench['changes'];
export type ConfusionsView = Workbench['confusions'];

/** An answer that reads differently; `null` if there was, or is, none. */
export interface RewordedAnswer {
  readonly topic: string;
  readonly language: Language;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * A knowledge folder that is being edited. Follows each save: first its problems and the reworded answers, then what the bot learns from it.
 * Emits `changed` at each step.
 */
export class Workbench extends EventEmitter<{ changed: [] }> {
  readonly settings: WorkbenchSettings;
  readonly #directory: string;
  readonly #watch: KnowledgeWatch;
  #problems: readonly Problem[] = [];
  #files: KnowledgeFiles | undefined;
  #learner = startLearner();
  #isLearning = false;
  #current: Loaded | undefined;
  #opened: Loaded | undefined;
  #compared: Compared | undefined;
  #checker: Worker | undefined;
  /** Outdated once a file has changed since. */
  #checked: PhrasingCheckStep & { readonly isOutdated: boolean } = { progress: 0, isOutdated: false };

  constructor(directory: string, settings: WorkbenchSettings) {
    super();
    // One for each open page.
    this.setMaxListeners(0);
    this.#directory = directory;
    this.settings = settings;
    this.#watch = new KnowledgeWatch(directory, () => this.#follow());
    this.#follow();
    this.#watch.start(WATCH_INTERVAL);
  }

  stop(): void {
    this.#watch.stop();
    this.removeAllListeners();
    void this.#learner.terminate();
    void this.#checker?.terminate();
  }

  /** What answers now; `undefined` until the folder has been free of errors once. */
  get engine(): Engine | undefined {
    return this.#current?.engine;
  }

  /** The files of the latest knowledge without errors. */
  get files(): KnowledgeFiles | undefined {
    return this.#files;
  }

  get state() {
    const { progress, isOutdated, result } = this.#checked;
    const isRunning = this.#checker !== undefined;
    return {
      /** The working directory, for links to files. */
      root: process.cwd(),
      folder: shownPath(this.#directory),
      /** What answers now; `null` until the folder has been free of errors once. */
      knowledge: this.#current ? knowledgeState(this.#current) : null,
      /** Of the folder as it is now, errors first. */
      problems: shown(this.#problems),
      isLearning: this.#isLearning,
      phrasingCheck: { isRunning, progress, isOutdated, problems: result ? shown(result.problems) : null },
      changes: this.changes.reworded.length + this.changes.replies.length,
    };
  }

  get changes() {
    const [before, after] = [this.#opened?.engine.knowledge, this.engine?.knowledge];
    return {
      /** Milliseconds since 1970. */
      since: this.#opened?.loadedAt ?? Date.now(),
      reworded: before && after ? rewordedAnswers(before, after) : [],
      /** How many messages were compared. */
      count: this.#compared?.count ?? 0,
      replies: this.#compared?.replies ?? [],
    };
  }

  get confusions() {
    return {
      /** Of the phrasings, once they have been checked. */
      phrasings: this.#checked.result?.confusions ?? null,
      phrasingCount: this.#checked.result?.count ?? 0,
      /** Of the messages of the tuning set, if the knowledge has one. */
      messages: this.#compared?.confusions ?? null,
      /** What `npm run eval` prints, for each evaluation set. */
      figures: this.#compared?.figures ?? [],
    };
  }

  /** Looks for phrasings that lead to another topic. It takes many seconds, so it only runs when asked for. */
  checkPhrasings(): void {
    void this.#checker?.terminate();
    const worker = new Worker(new URL('phrasing-check-worker.ts', import.meta.url), { workerData: this.#directory });
    this.#checker = worker;
    this.#checked = { progress: 0, isOutdated: false };
    worker.unref();
    worker.on('message', (step: PhrasingCheckStep) => {
      this.#checked = { ...this.#checked, ...step };
      this.emit('changed');
    });
    worker.once('error', console.error).once('exit', () => {
      if (worker !== this.#checker) return;
      this.#checker = undefined;
      this.emit('changed');
    });
    this.emit('changed');
  }

  #follow(): void {
    const { knowledge, files, problems } = checkKnowledge(this.#directory);
    this.#problems = problems;
    this.#checked = { ...this.#checked, isOutdated: true };
    if (knowledge) {
      this.#files = files;
      // Until the new texts have been learned, the new answers are found by what was learned before.
      if (this.#current && haveSameTopics(this.#current.engine.knowledge, knowledge)) {
        this.#use(knowledge, this.#current.trained);
      }
      this.#learn(knowledge);
    }
    this.emit('changed');
  }

  #use(knowledge: Knowledge, trained: Trained): void {
    const engine = new Engine(knowledge, this.settings.DEFAULT_LANGUAGE, trained);
    this.#current = { engine, trained, loadedAt: Date.now() };
  }

  #learn(knowledge: Knowledge): void {
    if (this.#isLearning) {
      void this.#learner.terminate();
      this.#learner = startLearner();
    }
    this.#isLearning = true;
    this.#learner.removeAllListeners();
    this.#learner.on('error', (error) => {
      console.error(error);
      this.#learner = startLearner();
      this.#isLearning = false;
      this.emit('changed');
    });
    this.#learner.on('message', ({ trained, compared }: LearnStep) => {
      if (trained) this.#use(knowledge, trained);
      this.#opened ??= this.#current;
      if (compared) {
        this.#compared = compared;
        this.#isLearning = false;
      }
      this.emit('changed');
    });
    const before = this.#opened && { knowledge: this.#opened.engine.knowledge, trained: this.#opened.trained };
    const { DEFAULT_LANGUAGE: language } = this.settings;
    this.#learner.postMessage({ knowledge, language, before } satisfies LearnRequest);
  }
}

interface Loaded {
  readonly engine: Engine;
  readonly trained: Trained;
  /** Milliseconds since 1970. */
  readonly loadedAt: number;
}

function startLearner(): Worker {
  const worker = new Worker(new URL('learning-worker.ts', import.meta.url));
  worker.unref();
  return worker;
}

function shown(problems: readonly Problem[]): Problem[] {
  return inReadingOrder(problems).map((problem) => ({ ...problem, file: shownPath(problem.file) }));
}

function knowledgeState({ engine: { subject, knowledge }, loadedAt }: Loaded) {
  const topics = knowledge.topics.map(({ id, en }) => ({ id, title: en.title }));
  return { version: knowledge.version, subject, topics, loadedAt };
}

function haveSameTopics(one: Knowledge, other: Knowledge): boolean {
  const ids = ({ topics }: Knowledge) => topics.map(({ id }) => id).join();
  return ids(one) === ids(other);
}

function rewordedAnswers(before: Knowledge, after: Knowledge): RewordedAnswer[] {
  const ids = new Set([...before.topics, ...after.topics].map(({ id }) => id));
  return [...ids].sort().flatMap((topic) =>
    LANGUAGES.flatMap((language) => {
      const answerIn = ({ topics }: Knowledge) => topics.find(({ id }) => id === topic)?.[language].answer ?? null;
      const [old, current] = [answerIn(before), answerIn(after)];
      return old === current ? [] : [{ topic, language, before: old, after: current }];
    }),
  );
}
