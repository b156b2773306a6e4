import { styleText } from 'node:util';
import type { Reply, Suggestion } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import type { CommandIo } from '../operation/command.ts';

/** Columns of a file or a pipe, and the most that are easy to read. */
const DEFAULT_WIDTH = 88;
const MAX_WIDTH = 100;

type Style = Parameters<typeof styleText>[0];

/** Lays texts out for people to read, as wide as the terminal is now, and in colour where it has any. */
export class Screen {
  readonly #output: CommandIo['output'];

  constructor(output: CommandIo['output']) {
    this.#output = output;
  }

  styled(style: Style, text: string): string {
    return styleText(style, text, { stream: this.#output });
  }

  /** Breaks a text between words. */
  wrapped(text: string, style: Style = []): string {
    return this.#lines(text)
      .map((line) => this.styled(style, line))
      .join('\n');
  }

  /** A list that is numbered from 1, below its heading; nothing if the list is empty. */
  numbered(heading: string, suggestions: readonly Suggestion[]): string {
    if (suggestions.length === 0) return '';
    const digits = String(suggestions.length).length;
    const rows = suggestions.map(({ title }, index) => {
      const number = this.styled('cyan', String(index + 1).padStart(digits));
      return `  ${number}  ${this.#lines(title, digits + 4).join(`\n${' '.repeat(digits + 4)}`)}`;
    });
    return [this.wrapped(heading), ...rows].join('\n');
  }

  /** @param indent columns that are taken already */
  #lines(text: string, indent = 0): string[] {
    // Some terminals say 0 for unknown.
    const width = Math.min(MAX_WIDTH, this.#output.columns || DEFAULT_WIDTH) - indent;
    const lines: string[] = [];
    for (const word of text.split(/\s+/)) {
      const line = lines.at(-1);
      if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = `${line} ${word}`;
    }
    return lines;
  }

  reply(reply: Reply): string {
    if (reply.kind === 'unknown') return this.wrapped(reply.text);
    if (reply.kind === 'offer') return this.numbered(reply.text, reply.suggestions);
    const { sections, language, sourceLine, suggestions } = reply;
    const answers = sections.flatMap(({ heading, answer }) =>
      heading ? [this.wrapped(heading, 'bold'), `${this.wrapped(answer)}\n`] : [this.wrapped(answer)],
    );
    const list = this.numbered(`${TEXTS[language].related}:`, suggestions);
    return [...answers, this.wrapped(sourceLine, 'dim'), list].filter(Boolean).join('\n');
  }
}
