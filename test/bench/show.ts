import type { Table } from './part.ts';

/** A table for the terminal: the first column to the left, figures to the right. */
export function asText({ title, columns, rows, notes = [] }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((row) => [...(row[column] ?? '')].length)));
  const laidOut = lines.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? '';
        return isFigure(column, rows) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return [title, '', ...laidOut, ...notes].join('\n');
}

/** The same in Markdown. */
export function asMarkdown({ title, columns, rows, notes = [] }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rules = columns.map((_, column) => (isFigure(column, rows) ? '---:' : '---'));
  return [
    `**${title}**`,
    '',
    line(columns),
    line(rules),
    ...rows.map(line),
    ...notes.flatMap((note) => ['', note]),
  ].join('\n');
}

/** Does a column hold figures, as far as it holds anything? */
function isFigure(column: number, rows: Table['rows']): boolean {
  return column > 0 && rows.some((row) => /^[\d–]/.test(row[column] ?? ''));
}

/**
 * A document with what stands between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` replaced.
 *
 * @returns `undefined` where the document has no such place
 */
export function withSection(document: string, name: string, content: string): string | undefined {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) return undefined;
  return `${document.slice(0, from + open.length)}\n${content}\n${document.slice(to)}`;
}
