import { describe, expect, test } from 'vitest';
import { type Block, type Inline, parseMarkdown } from '../../src/workbench/page/discord-markdown.ts';

/** Blocks and runs as short text, to be compared at a glance: `bold(…)`. */
function shape(block: Block | Inline): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'code':
    case 'mention':
      return `${block.kind}(${block.text})`;
    case 'quote':
      return `quote(${block.blocks.map(shape).join(' | ')})`;
    case 'list':
      return `${block.ordered ? 'ol' : 'ul'}(${block.items.map((item) => item.map(shape).join('')).join(' | ')})`;
    case 'heading':
      return `h${block.level}(${block.content.map(shape).join('')})`;
    case 'line':
      return block.content.map(shape).join('');
    default:
      return `${block.kind}(${block.content.map(shape).join('')})`;
  }
}

describe('a message on Discord', () => {
  test.for([
    ['plain', 'plain'],
    ['**bold** and *italic* and _italic_', 'bold(bold) and italic(italic) and italic(italic)'],
    ['***both***', 'bold(italic(both))'],
    ['**bold *and italic***', 'bold(bold italic(and italic))'],
    ['__under__ ~~struck~~ ||hidden||', 'underlined(under) struck(struck) spoiler(hidden)'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['not **closed', 'not **closed'],
    ['\\*not italic\\*', '*not italic*'],
    ['`**code**` stays', 'code(**code**) stays'],
    ['Shown by <@123>', 'Shown by mention(@you)'],
    ['answer\n-# Source: KKJ', 'answer / subtext(Source: KKJ)'],
    ['> quoted\n> **twice**\nnot', 'quote(quoted | bold(twice)) / not'],
    ['>>> all\nthe rest', 'quote(all | the rest)'],
    ['>no quote', '>no quote'],
    ['- one\n- *two*\nafter', 'ul(one | italic(two)) / after'],
    ['1. one\n2. two', 'ol(one | two)'],
    ['# big\n### small\n#none', 'h1(big) / h3(small) / #none'],
    ['before\n```js\nlet *x*\n```\nafter', 'before / code(let *x*) / after'],
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
