import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { phrasingsToAdd } from '../../src/gaps/yaml-lines.ts';
import { LANGUAGES } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { temporaryFolder } from '../terminal/run.ts';

const SHIPPED = fileURLToPath(new URL('../../knowledge', import.meta.url));

describe('the lines that add a phrasing to a topic', () => {
  test('put where they are said to belong, add it and change nothing else, in every topic and language', () => {
    const folder = temporaryFolder();
    cpSync(SHIPPED, folder, { recursive: true });
    const before = loadKnowledge(folder);
    expect(before.files?.topics).toHaveLength(25);
    const asked = (language: string) => `was ist "das": ein #test in ${language}`;
    for (const topic of before.files?.topics ?? []) {
      for (const language of LANGUAGES) {
        const unlike = `${topic.value.id} ${asked(language)}`;
        const { file, after, lines } = phrasingsToAdd(topic, language, [unlike]);
        const text = readFileSync(file, 'utf8');
        writeFileSync(
          file,
          text
            .split('\n')
            .toSpliced(after, 0, ...lines)
            .join('\n'),
        );
        const loaded = loadKnowledge(folder).knowledge?.topics.find(({ id }) => id === topic.value.id);
        expect(loaded?.[language].phrasings).toEqual([unlike, ...topic.value[language].phrasings]);
        writeFileSync(file, text);
      }
    }
  });
});
