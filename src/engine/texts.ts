import type { Language, Status } from '../knowledge/knowledge.ts';

const de = {
  source: (name: string) => `Quelle: ${name}`,
  status: {
    reported: 'berichtet',
    rumour: 'Gerücht',
    opinion: 'Einschätzung des Autors',
    'not-stated': 'steht nicht im Artikel',
  } satisfies Record<Status, string>,
  didYouMean: (topics: number) =>
    `Da bin ich mir nicht sicher. Meinst du ${topics === 1 ? 'diese Frage' : 'eine dieser Fragen'}?`,
  unknown: (subject: string) =>
    `Darauf habe ich leider keine Antwort. Ich kenne nur einen Artikel über ${subject}; was nicht darin steht, weiß ich nicht.`,
  related: 'Dazu passt',
};

const en: typeof de = {
  source: (name) => `Source: ${name}`,
  status: {
    reported: 'reported',
    rumour: 'rumour',
    opinion: 'the author’s opinion',
    'not-stated': 'not in the article',
  },
  didYouMean: (topics) => `I’m not sure what you mean. Is it ${topics === 1 ? 'this' : 'one of these'}?`,
  unknown: (subject) =>
    `Sorry, I don’t have an answer to that. I only know one article about ${subject}, and nothing beyond it.`,
  related: 'Related',
};

/** Everything that every front end says beside the answers of the knowledge. */
export const TEXTS: Readonly<Record<Language, typeof de>> = { de, en };

/** For messages in a language that the bot does not speak. */
export const FOREIGN_TEXT = 'I only speak German and English. · Ich spreche nur Deutsch und Englisch.';
