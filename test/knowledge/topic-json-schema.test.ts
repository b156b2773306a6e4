import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { topicJsonSchema } from '../../src/knowledge/schema.ts';

const KNOWLEDGE = new URL('../../knowledge/', import.meta.url);
const schema = JSON.parse(topicJsonSchema());

describe('the schema of a topic, for editors', () => {
  test('is the one in the knowledge folder; "npm run knowledge -- schema" writes it anew', () => {
    expect(readFileSync(new URL('topic.schema.json', KNOWLEDGE), 'utf8')).toBe(topicJsonSchema());
  });

  test('explains every field', () => {
    const fields = { ...schema.properties, ...schema.properties.de.properties };
    expect(Object.keys(fields)).toEqual([
      ...['id', 'status', 'smallTalk', 'passages', 'related', 'de', 'en'],
      ...['title', 'answer', 'phrasings'],
    ]);
    for (const [name, { description }] of Object.entries<{ description?: string }>(fields)) {
      expect([name, description]).toEqual([name, expect.stringMatching(/\w/)]);
    }
  });

  test('knows the limits, and that a topic has a status or is small talk', () => {
    expect(schema.properties.de.properties.title.maxLength).toBe(80);
    expect(schema.properties.en.properties.answer.maxLength).toBe(1_600);
    expect(schema.properties.status.enum).toEqual(['reported', 'rumour', 'opinion', 'not-stated']);
    expect(schema.required).toEqual(['id', 'de', 'en']);
    expect(schema.oneOf).toEqual([{ required: ['status'] }, { required: ['smallTalk'] }]);
    expect(schema.additionalProperties).toBe(false);
  });
});
