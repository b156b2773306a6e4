import { parseArgs } from 'node:util';
import { knowledgeDirectory } from '../config.ts';
import { harmless } from '../harmless.ts';
import { checkKnowledge } from '../judging/check.ts';
import { writeNewTopic, writeTopicJsonSchema } from './new-topic.ts';
import { runCommand, TerminalError } from './open.ts';
import { problemJson, problemReport, shownPath } from './problem-report.ts';

const USAGE = `Usage: npm run knowledge -- [--json] [--quick] [--knowledge DIR]   checks the knowledge
       npm run knowledge -- new <id>     writes a topic to fill in
       npm run knowledge -- schema       writes topic.schema.json anew, by which editors explain a topic's fields

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
  if (command === undefined) check(directory, values);
  else if (command === 'schema' && id === undefined) console.log(`Wrote ${shownPath(writeTopicJsonSchema(directory))}`);
  else if (command === 'new' && id !== undefined && rest.length === 0) {
    const file = writeNewTopic(directory, id);
    console.log(`Wrote ${shownPath(file)}\nFill it in, then run: npm run knowledge`);
  } else {
    throw new TerminalError(`I do not understand "${harmless(positionals.join(' '))}".\n${USAGE}`);
  }
});

function check(directory: string, { json, quick }: { readonly json: boolean; readonly quick: boolean }): void {
  const { knowledge, problems } = checkKnowledge(directory, { crossValidate: !quick });
  if (!knowledge) process.exitCode = 1;
  if (!json) console.log(problemReport(directory, knowledge, problems));
  else for (const problem of problems) console.log(problemJson(problem));
}
