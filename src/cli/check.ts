import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkKnowledge } from '../evaluation/check.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import { command, runAsProcess, UsageError } from '../operation/command.ts';
import { knowledgeDirectory, readSettings } from '../operation/settings.ts';
import { writeNewTopic, writeTopicJsonSchema } from './new-topic.ts';
import { problemJson, problemReport } from './problem-report.ts';

const usage = `Usage: npm run knowledge -- [<id>…] [--json] [--quick] [--knowledge DIR]   checks the knowledge
       npm run knowledge -- new <id>     writes a topic to fill in
       npm run knowledge -- schema       writes topic.schema.json anew, by which editors explain a topic's fields

<id>…     tells of other topics nothing but errors, and how much more there is
--json    one JSON object a problem, each on a line
--quick   without learning the topics anew, which takes seconds and finds phrasings that lead to another topic`;

/** Checks the knowledge, or writes a new topic or the topics' JSON schema. The exit code is 1 where there are errors. */
export const knowledge = command({
  usage,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  allowPositionals: true,
  run({ values, positionals }, { print, environment }) {
    const directory = knowledgeDirectory(values.knowledge, readSettings(environment));
    const [subcommand, id, ...rest] = positionals;
    if (subcommand === 'schema' && id === undefined) {
      print(`Wrote ${shownPath(writeTopicJsonSchema(directory))}`);
      return 0;
    }
    if (subcommand === 'new') {
      if (id === undefined || rest.length > 0) {
        throw new UsageError('Say what the new topic is to be called, like: npm run knowledge -- new mi-band');
      }
      print(`Wrote ${shownPath(writeNewTopic(directory, id))}\nFill it in, then run: npm run knowledge`);
      return 0;
    }
    return check(directory, { ...values, topics: positionals }, print);
  },
});

interface CheckRun {
  readonly json: boolean;
  readonly quick: boolean;
  /** Ids; of all files, if there are none. */
  readonly topics: readonly string[];
}

/** @returns the exit code */
function check(directory: string, { json, quick, topics }: CheckRun, print: (text: string) => void): number {
  const files = topics.map((id) => topicFile(directory, id));
  const { knowledge, problems } = checkKnowledge(directory, { crossValidate: !quick });
  // Errors are told wherever they are: with any of them the bot does not start.
  const told = problems.filter(
    ({ file, severity }) => files.length === 0 || files.includes(file) || severity === 'error',
  );
  if (json) for (const problem of told) print(problemJson(problem));
  else print(problemReport({ directory, knowledge, problems: told, elsewhere: problems.length - told.length, quick }));
  return knowledge ? 0 : 1;
}

/** @throws {UsageError} where there is no such topic */
function topicFile(directory: string, id: string): string {
  const file = [`${id}.yaml`, `${id}.yml`]
    .map((name) => join(directory, 'topics', name))
    .find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new UsageError(`There is no topic "${sanitizeForTerminal(id)}" in ${shownPath(join(directory, 'topics'))}.`);
}

if (import.meta.main) await runAsProcess(knowledge);
