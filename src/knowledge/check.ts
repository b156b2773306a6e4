import { parseArgs } from 'node:util';
import { knowledgeDirectory } from '../config.ts';
import { loadKnowledge } from './load.ts';
import { formatProblem } from './problem.ts';

const { values } = parseArgs({ options: { knowledge: { type: 'string' } } });
const { knowledge, problems } = loadKnowledge(knowledgeDirectory(values.knowledge));
for (const problem of problems) console.error(formatProblem(problem));
if (knowledge) {
  const phrasings = knowledge.topics.reduce(
    (sum, topic) => sum + topic.de.phrasings.length + topic.en.phrasings.length,
    0,
  );
  console.log(`${knowledge.directory}: ${knowledge.topics.length} topics, ${phrasings} phrasings, no errors.`);
} else {
  process.exitCode = 1;
}
