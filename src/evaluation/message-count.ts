import type { Rule } from '../knowledge/rule.ts';
import { readSet, SETS } from './sets.ts';

/** So many messages in each set tell whether a topic is found. */
const MIN_MESSAGES = 3;

/** Topics about which the evaluation sets, where there are any, have too few messages. */
export const topicsWithoutMessages: Rule = (knowledge, { topics }) =>
  SETS.flatMap((name) => {
    const messages = readSet(name, knowledge);
    if (!messages) return [];
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
