import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Problem } from '../knowledge/problem.ts';
import type { Rule } from '../knowledge/rule.ts';
import { type EvaluationMessage, EvaluationSetError, readSet, SETS, type SetName } from './sets.ts';

/** So many messages in each set tell whether a topic is found. */
const MIN_MESSAGES = 3;

/** Topics about which the evaluation sets, where there are any, have too few messages; and sets that can't be read. */
export const topicsWithoutMessages: Rule = (knowledge, { topics }) =>
  SETS.flatMap((name): Problem[] => {
    const messages = readSetOrProblem(name, knowledge);
    if (!Array.isArray(messages)) return messages ? [messages] : [];
    return topics.flatMap(({ value: { id }, problem }) => {
      const count = messages.filter((message) => message.topics.includes(id)).length;
      if (count >= MIN_MESSAGES) return [];
      return problem(
        ['id'],
        `${count === 0 ? 'no message' : `only ${count} message${count === 1 ? '' : 's'}`} of evaluation/${name}.jsonl asks for this topic`,
        `Add ${MIN_MESSAGES - count} more there, each a line like {"text":"…","lang":"en","kind":"ask","topics":["${id}"]}; best written by somebody who does not know the phrasings.`,
        'warning',
      );
    });
  });

function readSetOrProblem(name: SetName, knowledge: Knowledge): EvaluationMessage[] | Problem | undefined {
  try {
    return readSet(name, knowledge);
  } catch (error) {
    if (!(error instanceof EvaluationSetError)) throw error;
    const { file, line, what } = error;
    return { severity: 'warning', file, line, column: 1, what, remedy: 'Correct the line, or delete it.' };
  }
}
