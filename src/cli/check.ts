import { checkKnowledge } from '../evaluation/check.ts';
import { FOLDS, misplacedPhrasings } from '../evaluation/misplaced-phrasings.ts';
import { phrasingsOf } from '../knowledge/knowledge.ts';
import { formatProblem, inReadingOrder, type Problem, shownPath } from '../knowledge/problem.ts';
import { type CommandIo, command, runAsProcess, UsageError, unknownCommand } from '../operation/command.ts';
import { readSettings } from '../operation/settings.ts';
import { jsonLine } from './json.ts';
import { writeNewTopic, writeTopicJsonSchema } from './new-topic.ts';
import { screenOn } from './screen.ts';

const usage = `Usage: npm run knowledge -- [--thorough] [--json] [--knowledge DIR]   checks the knowledge
       npm run knowledge -- new <id> [--knowledge DIR]                 writes a new topic to fill in
       npm run knowledge -- schema [--knowledge DIR]                   updates topic.schema.json, from which editors explain a topic’s fields

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
    const { KNOWLEDGE_DIR } = readSettings(io.environment);
    const directory = values.knowledge ?? KNOWLEDGE_DIR;
    const [subcommand, id, ...rest] = positionals;
    if (subcommand === undefined) return check(directory, values, io);
    if (subcommand === 'schema' && id === undefined) {
      io.print(`Wrote ${shownPath(writeTopicJsonSchema(directory))}`);
    } else if (subcommand === 'new' && id !== undefined && rest.length === 0) {
      const folder = values.knowledge === undefined ? '' : ` -- --knowledge "${values.knowledge}"`;
      io.print(`Wrote ${shownPath(writeNewTopic(directory, id))}\nFill it in, then run: npm run knowledge${folder}`);
    } else if (subcommand !== 'new') {
      throw unknownCommand(positionals);
    } else {
      throw new UsageError('A new topic needs one id, like: npm run knowledge -- new mi-band');
    }
    return 0;
  },
});

/** @returns the exit code */
function check(
  directory: string,
  { json, thorough }: { readonly json: boolean; readonly thorough: boolean },
  { print, output, error }: CommandIo & { print(text: string): void },
): number {
  const { knowledge, files, problems } = checkKnowledge(directory);
  const found = [...problems];
  if (knowledge && thorough) {
    let fold = 0;
    for (const misplaced of misplacedPhrasings(knowledge, files)) {
      error.write(`Looking for phrasings that sound like another topic: ${++fold} of ${FOLDS} …\n`);
      found.push(...misplaced);
    }
  }
  const sorted = inReadingOrder(found);
  if (json) {
    for (const { severity, file, line = null, column = null, what, remedy } of sorted) {
      print(jsonLine({ severity, file, line, column, what, remedy }));
    }
    return knowledge ? 0 : 1;
  }
  const screen = screenOn(output);
  const { error: errors = [], warning: warnings = [] } = Object.groupBy(sorted, ({ severity }) => severity);
  if (errors.length > 0) print(section(screen.styled(['bold', 'red'], 'Errors'), errors));
  if (warnings.length > 0) print(section(screen.styled(['bold', 'yellow'], 'Warnings'), warnings));
  const counts = [counted(errors.length, 'error'), counted(warnings.length, 'warning')];
  if (knowledge) {
    const phrasings = knowledge.topics.flatMap(phrasingsOf);
    counts.unshift(counted(knowledge.topics.length, 'topic'), counted(phrasings.length, 'phrasing'));
  }
  const style = errors.length > 0 ? 'red' : warnings.length > 0 ? 'yellow' : 'green';
  print(screen.styled(style, `${shownPath(directory)}: ${counts.join(', ')}`));
  if (!knowledge) print('Once the errors are fixed, check again: files with errors were not checked any further.');
  return knowledge ? 0 : 1;
}

function section(heading: string, problems: readonly Problem[]): string {
  const lines = problems.map((problem) => formatProblem({ ...problem, file: shownPath(problem.file) }));
  return [heading, '', ...lines, ''].join('\n');
}

const counted = (count: number, thing: string) => `${count === 0 ? 'no' : count} ${thing}${count === 1 ? '' : 's'}`;

if (import.meta.main) await runAsProcess(knowledge);
