import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { ExpectedError } from '../knowledge/expected-error.ts';
import { sanitizeForTerminal } from '../knowledge/problem.ts';
import { SCHEMA_COMMENT, TOPIC_JSON_SCHEMA_FILE, topicIdSchema, topicJsonSchema } from '../knowledge/schema.ts';

/**
 * Writes the file of a new topic, with every field that it needs, still empty, and the schema from which editors
 * explain them.
 *
 * @returns the file's path
 * @throws {ExpectedError} if the id is not allowed or taken, or a file cannot be written
 */
export function writeNewTopic(directory: string, id: string): string {
  const { error } = topicIdSchema.safeParse(id);
  if (error) {
    throw new ExpectedError(`"${sanitizeForTerminal(id)}" cannot be a topic's id: it ${error.issues[0]?.message}`);
  }
  const file = join(directory, 'topics', `${id}.yaml`);
  const taken = [file, file.replace(/yaml$/, 'yml')].find(existsSync);
  if (taken) throw new ExpectedError(`${taken} exists already. Edit it, or choose another id.`);
  write(file, emptyTopic(id));
  writeTopicJsonSchema(directory);
  return file;
}

/** Writes the JSON schema from which editors explain the fields of a topic. Returns and throws like `writeNewTopic`. */
export function writeTopicJsonSchema(directory: string): string {
  return write(join(directory, TOPIC_JSON_SCHEMA_FILE), topicJsonSchema());
}

function write(file: string, content: string): string {
  try {
    writeFileSync(file, content);
    return file;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [why, remedy] =
      code === 'ENOENT' ? [`there is no folder ${dirname(file)}`, 'Create it, or choose'] : [message, 'Choose'];
    throw new ExpectedError(`Cannot write ${file}: ${why}. ${remedy} a knowledge folder with --knowledge.`);
  }
}

function emptyTopic(id: string): string {
  return `${SCHEMA_COMMENT}
#
# One answer, and the ways in which people ask for it. Fill in the empty fields, then run: npm run knowledge
# A text with ": " or " #" in it, or that begins with a character like - ? ! @ & * > %, needs quotes: "Fees: are there any?"

id: ${stringify(id).trim()}

# How sure the article is: reported (it says so), rumour, opinion (its author thinks so), or not-stated (it says nothing
# about it, and the answer says so). For greetings and the like, write "smallTalk: true" instead of this line.
status:

# The sentences of article.txt that the answer rests on, word for word, mistakes and all. If there are none: passages: []
passages:
  -

# Ids of related topics, the closest first, like [launch-date, partner].
related: []

# German
de:
  # The topic as a question, at most 80 characters: it is the label of a button.
  title:
  # What the bot says, as surely as the status says ("Laut Gerüchten …"). Indented lines are shown as one paragraph.
  answer: >-

  # How people really ask for it, at least 40, all different: half sentences, slang, dialect, long stories.
  phrasings:
    -

# English: the same again, written afresh rather than translated
en:
  title:
  answer: >-

  phrasings:
    -
`;
}
