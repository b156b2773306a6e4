import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { phrasingsToAdd } from '../../src/gaps/review.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { bakeryCopy } from '../evaluation/bakery-copy.ts';

test.for(LANGUAGES)(
  'the lines that add a phrasing to a topic add it and change nothing else, put where they are said to belong (%s)',
  (language) => {
    const { folder } = bakeryCopy();
    const topicOf = () => loadKnowledge(folder).files?.topics.find(({ value }) => value.id === 'hours');
    const before = topicOf();
    if (!before) throw new Error('The bakery has no topic "hours".');
    const added = 'was ist "das": ein #test';
    const { file, after, lines } = phrasingsToAdd(before, language, [added]);
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .split('\n')
        .toSpliced(after, 0, ...lines)
        .join('\n'),
    );
    const phrasings = [added, ...before.value[language].phrasings];
    expect(topicOf()?.value).toEqual({ ...before.value, [language]: { ...before.value[language], phrasings } });
  },
);
