import { styleText } from 'node:util';
import type { Reply, Suggestion } from '../engine/replies.ts';
import { TEXTS } from '../engine/texts.ts';
import type { CommandIo } from '../operation/command.ts';

/** Columns in a file or a pipe, and the most that are comfortable to read in a wide terminal. */
const DEFAULT_WIDTH = 88;
const MAX_WIDTH = 100;

/** Lays texts out for people to read, as wide as the terminal is now, and in colour where it has any. */
export function screenOn(output: CommandIo['output']) {
  const styled = (style: Parameters<typeof styleText>[0], text: string) => styleText(style, text, { stream: output });

  /**
   * Breaks a text between words.
   *
   * @param indent columns that are taken already; the lines below the first are indented by as many
   */
  function wrapped(text: string, indent = 0): string {
    // Some terminals say 0 for unknown.
    const width = Math.min(MAX_WIDTH, output.columns || DEFAULT_WIDTH) - indent;
    const lines: string[] = [];
    for (const word of text.split(/\s+/)) {
      const line = lines.at(-1);
      if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
      else lines[lines.length - 1] = `${line} ${word}`;
    }
    return lines.join(`\n${' '.repeat(indent)}`);
  }

  /** A list that is numbered from 1, below its heading; nothing if the list is empty. */
  function numbered(heading: string, suggestions: readonly Suggestion[]): string {
    if (suggestions.length === 0) return '';
    const digits = String(suggestions.length).length;
    const rows = suggestions.map(({ title }, index) => {
      const number = styled('cyan', String(index + 1).padStart(digits));
      return `  ${number}  ${wrapped(title, digits + 4)}`;
    });
    return [wrapped(heading), ...rows].join('\n');
  }

  function reply(reply: Reply): string {
    if (reply.kind === 'unknown') return wrapped(reply.text);
    if (reply.kind === 'offer') return numbered(reply.text, reply.suggestions);
    const { text, language, sourceLine, suggestions } = reply;
    const lines = text.split('\n').map((line) => {
      const heading = /^\*\*(.+)\*\*$/.exec(line)?.[1];
      return heading ? styled('bold', wrapped(heading)) : wrapped(line);
    });
    const list = numbered(`${TEXTS[language].related}:`, suggestions);
    return [...lines, styled('dim', wrapped(sourceLine)), list].join('\n').trimEnd();
  }

  return { styled, wrapped, numbered, reply };
}
