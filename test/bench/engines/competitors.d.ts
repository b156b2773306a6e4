/* The types used here of packages that `npm ci` doesn't install; not all of them have types. */

declare module 'minisearch' {
  class MiniSearch<T> {
    constructor(options: { fields: string[]; searchOptions: { fuzzy: number } });
    addAll(documents: T[]): void;
    search(query: string): { id: number; score: number }[];
  }

  // biome-ignore lint/style/noDefaultExport: this is how it exports.
  export { MiniSearch as default };
}

declare module '@nlpjs/basic' {
  export function containerBootstrap(): Promise<{ use(plugin: unknown): void }>;
  export const LangEn: unknown;
  export class Nlp {
    constructor(settings: object);
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    /** The likeliest intent first. */
    classify(locale: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  }
}

declare module '@nlpjs/lang-de' {
  export const LangDe: unknown;
}
