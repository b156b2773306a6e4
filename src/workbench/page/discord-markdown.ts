/** A piece of a message: text, or an element with content. */
export type Node = string | { readonly tag: string; readonly children: readonly Node[]; readonly className?: string };

/** Reads a message as Discord's client does, each line as an element: https://support.discord.com/hc/articles/210298617 */
export function parseMarkdown(message: string): Node[] {
  return message.split(/```(?:\w*\n)?([\s\S]+?)```/).flatMap((part, index) => {
    if (index % 2 === 1) return [element('pre', [part.replace(/\n$/, '')])];
    return part.trim() === ''
      ? []
      : part
          .replace(/^\n|\n$/g, '')
          .split('\n')
          .map(parseLine);
  });
}

const LINE_CLASSES: readonly (readonly [mark: RegExp, className: string])[] = [
  [/^-# +/, 'subtext'],
  [/^# +/, 'heading-1'],
  [/^## +/, 'heading-2'],
  [/^### +/, 'heading-3'],
  [/^>(?:>>)? /, 'quote'],
  [/^ *[-*] +/, 'item'],
];

function parseLine(line: string): Node {
  const [mark, className] = LINE_CLASSES.find(([mark]) => mark.test(line)) ?? [/^/, 'line'];
  return element('div', parseInline(line.replace(mark, '')), className);
}

/** What can stand within a line, the longer marks first; each group is named after its element. */
const INLINE =
  /\\(?<escaped>[\\*_~|`>#-])|`(?<code>[^`]+)`|\*\*(?<strong>(?:[^*]|\*[^*]+\*)+?)\*\*(?!\*)|__(?<u>.+?)__|~~(?<s>.+?)~~|\|\|(?<spoiler>.+?)\|\||\*(?<em>[^\s*](?:[^*]*[^\s*])?)\*|(?<![\p{L}\p{N}])_(?<i>[^_]+)_(?![\p{L}\p{N}])|<@!?(?<member>\d+)>/u;

function parseInline(text: string): Node[] {
  const nodes: Node[] = [];
  let rest = text;
  for (let match = INLINE.exec(rest); match; match = INLINE.exec(rest)) {
    if (match.index > 0) nodes.push(rest.slice(0, match.index));
    const [name = '', content = ''] = Object.entries(match.groups ?? {}).find(([, group]) => group !== undefined) ?? [];
    if (name === 'escaped') nodes.push(content);
    else if (name === 'code') nodes.push(element('code', [content]));
    else if (name === 'member') nodes.push(element('span', ['@you'], 'mention'));
    else if (name === 'spoiler') nodes.push(element('span', parseInline(content), 'spoiler'));
    else nodes.push(element(name, parseInline(content)));
    rest = rest.slice(match.index + match[0].length);
  }
  return rest === '' ? nodes : [...nodes, rest];
}

function element(tag: string, children: readonly Node[], className?: string): Node {
  return className === undefined ? { tag, children } : { tag, children, className };
}
