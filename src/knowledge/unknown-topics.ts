import { closest } from './closest.ts';
import type { Problem } from './problem.ts';
import type { FileRule } from './rule.ts';
import { topicIdSchema } from './schema.ts';
import type { YamlFile } from './yaml-file.ts';

/** Ids in `related` that no topic has, that are the topic's own, or that are there twice. */
const wrongRelations: FileRule = ({ topics, ids }) =>
  topics.flatMap((file) =>
    file.value.related.flatMap((other, index, related) => {
      const wrong = (what: string, remedy: string) => file.problem(['related', index], what, remedy);
      if (other === '') return [];
      if (other === file.value.id) return wrong('a topic is not related to itself', `Take "${other}" out of the list.`);
      if (related.indexOf(other) < index) return wrong(`"${other}" is in the list already`, 'Take it out here.');
      return unknownTopic(file, ['related', index], other, ids, 'take it out of the list');
    }),
  );

/** Ids in `related`, `follow-ups.yaml` and `overheard.yaml` that no topic has. */
export const unknownTopics: FileRule = (files) => [...wrongRelations(files), ...wrongExamples(files)];

const wrongExamples: FileRule = ({ followUps, overheard, ids }) => [
  ...(followUps?.value.flatMap((entry, index) =>
    (['after', 'asks'] as const).flatMap((field) => unknownTopic(followUps, [index, field], entry[field], ids)),
  ) ?? []),
  ...(overheard?.value.flatMap((voice, index) =>
    voice['asks-channel'].flatMap((question, at) =>
      Object.keys(question).flatMap((id) => unknownTopic(overheard, [index, 'asks-channel', at], id, ids)),
    ),
  ) ?? []),
];

function unknownTopic(
  { problem }: YamlFile<unknown>,
  path: readonly PropertyKey[],
  id: string,
  ids: ReadonlySet<string>,
  otherwise = 'delete the entry',
): Problem[] {
  // One that cannot be an id is told of already.
  if (ids.has(id) || !topicIdSchema.safeParse(id).success) return [];
  const meant = closest(id, ids);
  const remedy = meant === undefined ? 'Write the id of a topic that exists' : `Write "${meant}"`;
  return [problem(path, `there is no topic "${id}"`, `${remedy}, or ${otherwise}.`)];
}
