/* As much of the rivals' types as is used here: they are not installed with the bot, and not all have types. */

declare module 'minisearch' {
  export interface SearchOptions {
    readonly fuzzy?: number | boolean;
    readonly prefix?: boolean;
    readonly combineWith?: 'AND' | 'OR';
    readonly weights?: { readonly fuzzy: number; readonly prefix: number };
  }
  export interface SearchResult {
    readonly id: number;
    readonly score: number;
  }
  class MiniSearch<T> {
    constructor(options: { readonly fields: readonly string[]; readonly searchOptions: SearchOptions });
    addAll(documents: readonly T[]): void;
    search(query: string): SearchResult[];
  }

  // biome-ignore lint/style/noDefaultExport: this is how it exports.
  export { MiniSearch as default };
}

declare module '@nlpjs/basic' {
  export interface Container {
    use(plugin: unknown): void;
  }
  export interface Classified {
    readonly classifications: readonly { readonly intent: string; readonly score: number }[];
  }
  export function containerBootstrap(): Promise<Container>;
  export const LangEn: unknown;
  export class Nlp {
    constructor(settings: object);
    guessLanguage(text: string): string | undefined;
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    classify(locale: string, text: string): Promise<Classified>;
  }
}

declare module '@nlpjs/lang-de' {
  export const LangDe: unknown;
}
