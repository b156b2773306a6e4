import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { knowledgeDirectory } from '../config.ts';
import { harmless } from '../harmless.ts';
import { checkKnowledge } from '../judging/check.ts';
import { writeNewTopic, writeTopicJsonSchema } from './new-topic.ts';
import { runCommand, TerminalError } from './open.ts';
import { problemJson, problemReport, shownPath } from './problem-report.ts';

const USAGE = `Usage: npm run knowledge -- [<id>…] [--json] [--quick] [--knowledge DIR]   checks the knowledge
       npm run knowledge -- new <id>     writes a topic to fill in
       npm run knowledge -- schema       writes topic.schema.json anew, by which editors explain a topic's fields

<id>…     tells of other topics nothing but errors, and how much more there is
--json    one JSON object a problem, each on a line
--quick   without learning the topics anew, which takes seconds and finds phrasings that lead to another topic`;

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      knowledge: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const directory = knowledgeDirectory(values.knowledge);
  const [command, id, ...rest] = positionals;
  if (command === 'schema' && id === undefined) {
    console.log(`Wrote ${shownPath(writeTopicJsonSchema(directory))}`);
  } else if (command === 'new') {
    if (id === undefined || rest.length > 0) {
      throw new TerminalError(
        `Say what the new topic is to be called, like: npm run knowledge -- new mi-band\n${USAGE}`,
      );
    }
    const file = writeNewTopic(directory, id);
    console.log(`Wrote ${shownPath(file)}\nFill it in, then run: npm run knowledge`);
  } else check(directory, { ...values, topics: positionals });
});

interface CheckRun {
  readonly json: boolean;
  readonly quick: boolean;
  /** Ids; of all files, if there are none. */
  readonly topics: readonly string[];
}

function check(directory: string, { json, quick, topics }: CheckRun): void {
  const files = topics.map((id) => topicFile(directory, id));
  const { knowledge, problems } = checkKnowledge(directory, { crossValidate: !quick });
  if (!knowledge) process.exitCode = 1;
  // Errors are told wherever they are: with any of them the bot does not start.
  const told = problems.filter(
    ({ file, severity }) => files.length === 0 || files.includes(file) || severity === 'error',
  );
  if (json) for (const problem of told) console.log(problemJson(problem));
  else
    console.log(
      problemReport({ directory, knowledge, problems: told, elsewhere: problems.length - told.length, quick }),
    );
}

/** @throws {TerminalError} where there is no such topic */
function topicFile(directory: string, id: string): string {
  const file = [`${id}.yaml`, `${id}.yml`]
    .map((name) => join(directory, 'topics', name))
    .find((path) => existsSync(path));
  if (file !== undefined) return file;
  throw new TerminalError(`There is no topic "${harmless(id)}" in ${shownPath(join(directory, 'topics'))}.\n${USAGE}`);
}
