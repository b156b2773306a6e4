import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkKnowledge } from '../evaluation/check.ts';
import { crossValidated, FOLDS } from '../evaluation/cross-validation.ts';
import { misplacedPhrasing } from '../evaluation/misplaced-phrasings.ts';
import { shownPath } from '../knowledge/format-problem.ts';
import { inReadingOrder, type Problem } from '../knowledge/problem.ts';
import { sanitizeForTerminal } from '../knowledge/sanitize.ts';
import { type CommandIo, command, runAsProcess, UsageError } from '../operation/command.ts';
import { knowledgeDirectory, readSettings } from '../operation/settings.ts';
import { writeNewTopic, writeTopicJsonSchema } from './new-topic.ts';
import { problemJson, problemList, summary } from './problem-report.ts';
import { Screen } from './screen.ts';

const usage = `Usage: npm run knowledge -- [<id>…] [--thorough] [--json] [--knowledge DIR]   checks the knowledge
       npm run knowledge -- new <id>     writes a new topic to fill in
       npm run knowledge -- schema       updates topic.schema.json, from which editors explain the fields of a topic

<id>…        shows warnings of these topics only; errors are always shown
--thorough   also finds phrasings that sound like another topic; takes up to a minute
--json       prints one JSON object per problem`;

/** Checks the knowledge, or writes a new topic or the topics' JSON schema. The exit code is 1 if there are errors. */
export const knowledge = command({
  usage,
  options: {
    json: { type: 'boolean', default: false },
    thorough: { type: 'boolean', default: false },
    knowledge: { type: 'string' },
  },
  allowPositionals: true,
  run({ values, positionals }, io) {
    const directory = knowledgeDirectory(values.knowledge, readSettings(io.environment));
    const [subcommand, id, ...rest] = positionals;
    if (subcommand === 'schema' && id === undefined) {
      io.print(`Wrote ${shownPath(writeTopicJsonSchema(directory))}`);
      return 0;
    }
    if (subcommand === 'new') {
      if (id === undefined || rest.length > 0) {
        throw new UsageError('Give the new topic an id, like: npm run knowledge -- new mi-band');
      }
      io.print(`Wrote ${shownPath(writeNewTopic(directory, id))}\nFill it in, then run: npm run knowledge`);
      return 0;
    }
    return check(directory, positionals, values, io);
  },
});

interface Options {
  readonly json: boolean;
  readonly thorough: boolean;
}

/**
 * @param ids of the topics whose warnings are shown; of all, if empty
 * @returns the exit code
 */
function check(
  directory: string,
  ids: readonly string[],
  { json, thorough }: Options,
  { print, output, error }: CommandIo & { print(text: string): void },
): number {
  const wanted = ids.map((id) => topicFile(directory, id));
  const screen = new Screen(output);
  const shown: Problem[] = [];
  let hidden = 0;
  const show = (problems: readonly Problem[]) => {
    const some = problems.filter(
      ({ file, severity }) => wanted.length === 0 || wanted.includes(file) || severity === 'error',
    );
    shown.push(...some);
    hidden += problems.length - some.length;
    if (json) for (const problem of some) print(problemJson(problem));
    else if (some.length > 0) print(problemList(some, screen));
  };
  const { knowledge, files, problems } = checkKnowledge(directory);
  show(problems);
  if (knowledge && thorough) {
    const misplaced: Problem[] = [];
    const phrasings = crossValidated(knowledge);
    for (let fold = 1; fold <= FOLDS; fold++) {
      error.write(`Looking for phrasings that sound like another topic: ${fold} of ${FOLDS} …\n`);
      for (const leftOut of phrasings.next().value ?? []) misplaced.push(...misplacedPhrasing(leftOut, files));
    }
    show(inReadingOrder(misplaced));
  }
  if (!json) print(summary({ directory, knowledge, problems: shown, hidden }, screen));
  return knowledge ? 0 : 1;
}

/** @throws {UsageError} if there is no such topic */
function topicFile(directory: string, id: string): string {
  const file = [`${id}.yaml`, `${id}.yml`]
    .map((name) => join(directory, 'topics', name))
    .find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new UsageError(`There is no topic "${sanitizeForTerminal(id)}" in ${shownPath(join(directory, 'topics'))}.`);
}

if (import.meta.main) await runAsProcess(knowledge);
