import { describe, expect, test } from 'vitest';
import { type Node, parseMarkdown } from '../../src/workbench/page/discord-markdown.ts';

/** Elements as short text, to compare at a glance: `strong(…)`. */
function shape(node: Node): string {
  if (typeof node === 'string') return node;
  const content = node.children.map(shape).join('');
  return node.className === 'line' ? content : `${node.className ?? node.tag}(${content})`;
}

describe('a message on Discord', () => {
  test.for([
    ['plain', 'plain'],
    ['**bold** and *italic* and _italic_', 'strong(bold) and em(italic) and i(italic)'],
    ['***both***', 'strong(em(both))'],
    ['**bold *and italic***', 'strong(bold em(and italic))'],
    ['__under__ ~~struck~~ ||hidden||', 'u(under) s(struck) spoiler(hidden)'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['not **closed', 'not **closed'],
    ['\\*not italic\\*', '*not italic*'],
    ['`**code**` stays', 'code(**code**) stays'],
    ['Shown by <@123>', 'Shown by mention(@you)'],
    ['answer\n-# Source: KKJ', 'answer / subtext(Source: KKJ)'],
    ['> quoted\n> **twice**\nnot', 'quote(quoted) / quote(strong(twice)) / not'],
    ['>no quote', '>no quote'],
    ['- one\n- *two*\nafter', 'item(one) / item(em(two)) / after'],
    ['1. one\n2. two', '1. one / 2. two'],
    ['# big\n### small\n#none', 'heading-1(big) / heading-3(small) / #none'],
    ['before\n```js\nlet *x*\n```\nafter', 'before / pre(let *x*) / after'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['', ''],
  ])('%j', ([message = '', expected]) => {
    expect(parseMarkdown(message).map(shape).join(' / ')).toBe(expected);
  });

  test('is read in a moment, however it is made', () => {
    for (const piece of ['*', '**a', '_', '~~', '||', '`', '> ', '- ', '__a*', '\\']) {
      expect(parseMarkdown(piece.repeat(4_000 / piece.length))).toBeDefined();
    }
  });
});
