import type { Language, Status } from '../knowledge/knowledge.ts';

/** Everything that the bot says beside the answers of the knowledge. Every language has every text. */
export interface Texts {
  readonly source: (name: string) => string;
  readonly status: Readonly<Record<Status, string>>;
  readonly didYouMean: string;
  readonly noneOfThese: string;
  readonly unknown: (subject: string) => string;
  readonly related: string;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  de: {
    source: (name) => `Quelle: ${name}`,
    status: {
      reported: 'berichtet',
      rumour: 'Gerücht',
      opinion: 'Einschätzung des Autors',
      'not-stated': 'steht nicht im Artikel',
    },
    didYouMean: 'Da bin ich mir nicht sicher. Meinst du eine dieser Fragen?',
    noneOfThese: 'Nichts davon',
    unknown: (subject) =>
      `Darauf habe ich leider keine Antwort. Ich kenne nur einen Artikel über ${subject}; was nicht darin steht, weiß ich nicht.`,
    related: 'Dazu passt',
  },
  en: {
    source: (name) => `Source: ${name}`,
    status: {
      reported: 'reported',
      rumour: 'rumour',
      opinion: 'the author’s opinion',
      'not-stated': 'not in the article',
    },
    didYouMean: 'I’m not sure I understand. Do you mean one of these questions?',
    noneOfThese: 'None of these',
    unknown: (subject) =>
      `Sorry, I have no answer to that. I only know one article about ${subject}; what it doesn’t say, I don’t know.`,
    related: 'Related',
  },
};
