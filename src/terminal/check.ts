import { parseArgs } from 'node:util';
import { knowledgeDirectory } from '../config.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { formatProblem } from '../knowledge/problem.ts';
import { runCommand } from './open.ts';

await runCommand(() => {
  const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
  const { knowledge, problems } = loadKnowledge(knowledgeDirectory(values.knowledge));
  for (const problem of problems) console.error(formatProblem(problem));
  if (!knowledge) {
    process.exitCode = 1;
    return;
  }
  const phrasings = knowledge.topics.reduce((sum, { de, en }) => sum + de.phrasings.length + en.phrasings.length, 0);
  console.log(`${knowledge.directory}: ${knowledge.topics.length} topics, ${phrasings} phrasings, no errors.`);
});
