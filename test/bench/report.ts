/** A table whose cells are text already; columns of figures are aligned to the right. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note?: string;
}

/** One chapter of the benchmark. */
export type Part = (run: {
  /** Few questions and small sizes: to see that it works, not for figures. */
  readonly quick: boolean;
  /** Shows in one line what is being done. */
  progress(text: string): void;
}) => Promise<readonly Table[]>;

/** As Markdown, which can be read in a terminal too. */
export function asMarkdown({ title, columns, rows, note }: Table): string {
  const widths = columns.map((name, at) => Math.max(4, name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const isFigure = columns.map((_, at) => at > 0 && rows.some((row) => /^[\d–]/.test(row[at] ?? '')));
  const line = (row: readonly string[]) => {
    const cells = widths.map((width, at) => (isFigure[at] ? row[at]?.padStart(width) : row[at]?.padEnd(width)));
    return `| ${cells.join(' | ')} |`;
  };
  const rule = widths.map((width, at) => (isFigure[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [`**${title}**`, '', line(columns), line(rule), ...rows.map(line), ...(note ? ['', note] : [])].join('\n');
}

/**
 * A document in which the text between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` is replaced.
 *
 * @returns `undefined` if the document has no such place
 */
export function withSection(document: string, name: string, content: string): string | undefined {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) return undefined;
  return `${document.slice(0, from + open.length)}\n\n${content}\n\n${document.slice(to)}`;
}

/** "31", "8.4", "120,000" */
export function grouped(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB');
}

/** Milliseconds as microseconds. */
export const micros = (milliseconds: number) => grouped(milliseconds * 1_000);

/** The value that this share of the values, 0 to 1, doesn't exceed. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
}
