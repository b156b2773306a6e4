import { z } from 'zod';
import { topicSchema } from './schema.ts';

/** Beside `topics/`. */
export const TOPIC_JSON_SCHEMA_FILE = 'topic.schema.json';

/** The first line of a topic's file: editors complete, explain and underline by the schema that it names. */
export const SCHEMA_COMMENT = `# yaml-language-server: $schema=../${TOPIC_JSON_SCHEMA_FILE}`;

/** What a topic's file may hold, as JSON Schema, for editors; made from the schema that the loader itself uses. */
export function topicJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(topicSchema, { io: 'input', target: 'draft-7' }), null, 2)}\n`;
}
