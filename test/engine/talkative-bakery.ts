import { Engine } from '../../src/engine/engine.ts';
import {
  type Knowledge,
  type OverheardKind,
  type OverheardMessage,
  SAME_TOPIC,
} from '../../src/knowledge/knowledge.ts';
import { bakeryKnowledge } from '../bakery.ts';

const overheard = (kind: OverheardKind, texts: readonly (string | [topic: string, text: string])[]) =>
  texts.map((entry, index): OverheardMessage => {
    const [topic, text] = typeof entry === 'string' ? [undefined, entry] : entry;
    return { text, language: 'de', voice: `voice-${index}`, kind, topic };
  });

/** The bakery with all that the small one lacks: conversations, messages between members, another bakery, and what is out of scope. */
export const talkativeKnowledge: Knowledge = {
  ...bakeryKnowledge,
  words: {
    ...bakeryKnowledge.words,
    names: [
      ...bakeryKnowledge.words.names,
      { name: 'Oberdorf', variants: ['odorf'], role: 'mentioned' },
      { name: 'Konditorei Sacher', variants: ['Sacher'], role: 'other' },
    ],
  },
  outOfScope: {
    de: ['wie wird das wetter', 'wer hat gestern gewonnen', 'welcher film läuft heute'],
    en: ['who won the match', 'what is for dinner', 'will it rain tomorrow'],
  },
  reactions: {
    de: ['danke', 'danke sehr', 'alles klar', 'schade', 'na gut'],
    en: ['thanks', 'thank you', 'all right', 'too bad', 'good to know'],
  },
  followUps: [
    { after: 'bread', asks: 'hours', de: ['und wann', 'ab wann denn', 'und bis wann'], en: ['and when', 'until when'] },
    { after: 'hours', asks: 'bread', de: ['und wie teuer', 'zu welchem preis'], en: ['and how much', 'at what price'] },
    { after: 'bread', asks: 'bread', de: ['im winter auch', 'echt jetzt'], en: ['in winter too', 'really'] },
    { after: 'hours', asks: 'hours', de: ['im winter auch', 'echt jetzt'], en: ['in winter too', 'really'] },
    { after: 'bread', asks: SAME_TOPIC, de: ['warum denn das'], en: ['why is that'] },
  ],
  overheard: [
    ...overheard('asks-channel', [
      ['bread', 'Weiß jemand, was das Brot beim Huber kostet?'],
      ['bread', 'Leute, wie teuer ist ein Laib bei der Bäckerei Huber?'],
      ['hours', 'Hat jemand die Öffnungszeiten der Bäckerei Huber?'],
      ['hours', 'Wann macht der Huber auf, weiß das wer?'],
    ]),
    ...overheard('asks-someone', [
      'Warst du heute beim Huber?',
      '@lena holst du mir was vom Huber mit?',
      'Magst du das Brot von der Bäckerei Huber?',
    ]),
    ...overheard('states', [
      'Die Bäckerei Huber war gestern voll',
      'Das Brot beim Huber ist lecker',
      'Ich hole morgen Semmeln beim Huber',
      'Beim Huber stand ich eine Stunde an',
    ]),
    ...overheard('jokes', ['Der Huber backt bestimmt im Schlaf haha']),
    ...overheard('asks-elsewhere', ['Weiß jemand, wer gestern gewonnen hat?']),
  ],
};

/** Its bot, which speaks German where a text does not tell. */
export const talkativeBakery = new Engine(talkativeKnowledge, 'de');
