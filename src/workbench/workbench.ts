import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Engine } from '../engine/engine.ts';
import { type ChangedReply, changedReplies } from '../evaluation/changes.ts';
import { checkKnowledge } from '../evaluation/check.ts';
import { messagesFor } from '../evaluation/own-set.ts';
import type { EvaluationMessage } from '../evaluation/read.ts';
import type { ReviewedGap } from '../gaps/review.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { inReadingOrder, type Problem } from '../knowledge/problem.ts';
import type { KnowledgeFiles } from '../knowledge/rule.ts';
import { KnowledgeWatch } from '../knowledge/watch.ts';
import { LiveKnowledge } from '../operation/live-knowledge.ts';
import type { Settings } from '../operation/settings.ts';
import { confusedMessages } from './confusions.ts';
import type { CrossValidation } from './cross-validation-worker.ts';
import { gapsOf } from './gaps.ts';
import type { ChangesView, ConfusionsView, State } from './views.ts';

/** An editor is looking: this many milliseconds between two looks at the folder. */
const LOOK_EVERY = 150;

export type WorkbenchSettings = Pick<Settings, 'DEFAULT_LANGUAGE' | 'DATA_DIR' | 'DATABASE_URL' | 'RECORD_QUESTIONS'>;

/**
 * A knowledge folder under the eyes of whoever edits it. Follows each change: first what is wrong with the folder,
 * then what answers, and seconds later what cross-validation finds. Emits `changed` at each of these steps.
 */
export class Workbench extends EventEmitter<{ changed: [] }> {
  readonly #directory: string;
  readonly #settings: WorkbenchSettings;
  readonly #messages: readonly EvaluationMessage[];
  readonly #watch: KnowledgeWatch;
  #live: LiveKnowledge | undefined;
  #opened: Opened | undefined;
  #changes: readonly ChangedReply[] = [];
  #files: KnowledgeFiles | undefined;
  #problems: readonly Problem[] = [];
  #worker: Worker | undefined;
  #crossValidation: CrossValidation | undefined;

  /** @param messages an evaluation set; it may be of another knowledge */
  constructor(directory: string, settings: WorkbenchSettings, messages: readonly EvaluationMessage[]) {
    super();
    // One for each page that is open.
    this.setMaxListeners(0);
    this.#directory = directory;
    this.#settings = settings;
    this.#messages = messages;
    this.#watch = new KnowledgeWatch(directory, () => this.#follow());
    this.#follow();
    this.#watch.start(LOOK_EVERY);
  }

  stop(): void {
    this.#watch.stop();
    this.removeAllListeners();
    void this.#worker?.terminate();
  }

  /** What answers now; `undefined` as long as the folder has not once been free of errors. */
  get engine(): Engine | undefined {
    return this.#live?.engine;
  }

  /** The files of what answers now. */
  get files(): KnowledgeFiles | undefined {
    return this.#files;
  }

  get state(): State {
    const problems = [...this.#problems, ...(this.#crossValidation?.problems ?? [])];
    return {
      folder: shownPath(this.#directory),
      knowledge: this.#live ? knowledgeState(this.#live) : null,
      problems: inReadingOrder(problems).map((problem) => ({ ...problem, file: shownPath(problem.file) })),
      crossValidation: this.#crossValidation ? 'done' : this.#worker ? 'running' : 'not possible',
      changedReplies: this.#changes.length,
    };
  }

  /** `undefined` as long as the folder has not once been free of errors. */
  get changes(): ChangesView | undefined {
    return this.#opened && { since: this.#opened.at, judged: this.#opened.messages.length, changes: this.#changes };
  }

  get confusions(): ConfusionsView {
    return {
      check: this.#crossValidation?.confusions ?? null,
      evaluation: this.engine ? confusedMessages(this.#messages, this.engine) : null,
    };
  }

  /** Does the bot with the settings here record questions that got no good answer? */
  get isRecording(): boolean {
    return this.#settings.RECORD_QUESTIONS;
  }

  /**
   * Questions that got no good answer, the most asked first.
   *
   * @throws {StorageError} where the bot's database cannot be read
   */
  async gaps(): Promise<ReviewedGap[]> {
    return this.engine ? gapsOf(this.#settings, this.engine) : [];
  }

  #follow(): void {
    const { knowledge, files, problems } = checkKnowledge(this.#directory);
    this.#problems = problems;
    this.#crossValidation = undefined;
    void this.#worker?.terminate();
    this.#worker = undefined;
    if (knowledge) {
      this.#files = files;
      this.#worker = this.#crossValidate();
    }
    this.emit('changed');
    if (!knowledge) return;
    // What is wrong reaches the page before the second that learning takes.
    setImmediate(() => void this.#takeOver(knowledge));
  }

  async #takeOver(knowledge: Knowledge): Promise<void> {
    if (this.#live) await this.#live.reload();
    else this.#live = new LiveKnowledge(new Engine(knowledge, this.#settings.DEFAULT_LANGUAGE));
    this.#compare(this.#live);
    this.emit('changed');
  }

  #compare({ engine, loadedAt }: LiveKnowledge): void {
    this.#opened ??= { engine, at: loadedAt, messages: messagesFor(engine.knowledge, this.#messages) };
    this.#changes = changedReplies(this.#opened.messages, this.#opened.engine, engine);
  }

  #crossValidate(): Worker {
    const worker = new Worker(new URL('cross-validation-worker.ts', import.meta.url), { workerData: this.#directory });
    worker.once('message', (found: CrossValidation) => {
      if (worker !== this.#worker) return;
      this.#crossValidation = found;
      this.emit('changed');
    });
    worker.unref();
    return worker;
  }
}

/** What answered first, for comparison. */
interface Opened {
  readonly engine: Engine;
  readonly at: number;
  readonly messages: readonly EvaluationMessage[];
}

function knowledgeState({ engine, loadedAt }: LiveKnowledge): State['knowledge'] {
  const { subject, knowledge } = engine;
  const topics = knowledge.topics.map(({ id, en }) => ({ id, title: en.title }));
  return { version: knowledge.version, subject, topics, loadedAt };
}
