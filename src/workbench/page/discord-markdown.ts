/** A run of text as Discord shows it. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'mention'; readonly text: string }
  | {
      readonly kind: 'bold' | 'italic' | 'underlined' | 'struck' | 'spoiler';
      readonly content: readonly Inline[];
    };

/** A block of a message. */
export type Block =
  | { readonly kind: 'line' | 'subtext'; readonly content: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

const LIST_ITEM = /^ *(?:[-*]|(?<number>\d+)\.) +(?<text>.+)$/;
const QUOTED = /^> (.*)$/;

/** Reads a message as Discord's client does: https://support.discord.com/hc/articles/210298617 */
export function parseMarkdown(message: string): Block[] {
  const blocks: Block[] = [];
  const parts = message.split(/```(?:\w*\n)?([\s\S]+?)```/);
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 1) blocks.push({ kind: 'code', text: part.replace(/\n$/, '') });
    else if (part.trim() !== '') blocks.push(...parseLines(part.replace(/^\n|\n$/g, '').split('\n')));
  }
  return blocks;
}

function parseLines(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('>>> ')) {
      const rest = [line.slice('>>> '.length), ...lines.slice(at + 1)];
      return [...blocks, { kind: 'quote', blocks: parseLines(rest) }];
    }
    const quoted = whileMatching(lines, at, QUOTED);
    if (quoted.length > 0) {
      blocks.push({ kind: 'quote', blocks: parseLines(quoted.map((match) => match[1] ?? '')) });
      at += quoted.length - 1;
      continue;
    }
    const items = whileMatching(lines, at, LIST_ITEM);
    if (items.length > 0) {
      const ordered = items[0]?.groups?.['number'] !== undefined;
      blocks.push({ kind: 'list', ordered, items: items.map(({ groups }) => parseInline(groups?.['text'] ?? '')) });
      at += items.length - 1;
      continue;
    }
    blocks.push(parseLine(line));
  }
  return blocks;
}

function parseLine(line: string): Block {
  const heading = /^(#{1,3}) +(.+)$/.exec(line);
  if (heading?.[1] && heading[2]) {
    return { kind: 'heading', level: heading[1].length as 1 | 2 | 3, content: parseInline(heading[2]) };
  }
  if (line.startsWith('-# ')) return { kind: 'subtext', content: parseInline(line.slice('-# '.length)) };
  return { kind: 'line', content: parseInline(line) };
}

function whileMatching(lines: readonly string[], from: number, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  for (const line of lines.slice(from)) {
    const match = pattern.exec(line);
    if (!match) break;
    matches.push(match);
  }
  return matches;
}

/** What can stand within a line, the longer marks first; the first that begins earliest is taken. */
const INLINE =
  /\\(?<escaped>[\\*_~|`>#-])|`(?<code>[^`]+)`|\*\*(?<bold>(?:[^*]|\*[^*]+\*)+?)\*\*(?!\*)|__(?<underlined>.+?)__|~~(?<struck>.+?)~~|\|\|(?<spoiler>.+?)\|\||\*(?<starred>[^\s*](?:[^*]*[^\s*])?)\*|(?<![\p{L}\p{N}])_(?<italic>[^_]+)_(?![\p{L}\p{N}])|<@!?(?<member>\d+)>/u;

function parseInline(text: string): Inline[] {
  const runs: Inline[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index > 0) runs.push({ kind: 'text', text: rest.slice(0, match.index) });
    runs.push(runOf(match.groups ?? {}));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') runs.push({ kind: 'text', text: rest });
  return runs;
}

function runOf(groups: Readonly<Record<string, string | undefined>>): Inline {
  const { escaped, code, bold, underlined, struck, spoiler, starred, italic } = groups;
  if (escaped !== undefined) return { kind: 'text', text: escaped };
  if (code !== undefined) return { kind: 'code', text: code };
  if (bold !== undefined) return { kind: 'bold', content: parseInline(bold) };
  if (underlined !== undefined) return { kind: 'underlined', content: parseInline(underlined) };
  if (struck !== undefined) return { kind: 'struck', content: parseInline(struck) };
  if (spoiler !== undefined) return { kind: 'spoiler', content: parseInline(spoiler) };
  const slanted = starred ?? italic;
  if (slanted !== undefined) return { kind: 'italic', content: parseInline(slanted) };
  return { kind: 'mention', text: '@you' };
}
