import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const DOCUMENT = new URL('../docs/reliability.md', import.meta.url);

/** A line of one of the tables: the fault, and the tests that are named for it. */
const lines = readFileSync(DOCUMENT, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|what )/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
  .map((cells) => ({ fault: cells[0] ?? '', named: cells.at(-1) ?? '' }));

/** `[file](path): title, title, [file](path): title` */
function testsOf(named: string): { path: string; titles: string[] }[] {
  return [...named.matchAll(/\[[\w-]+\]\((?<path>[^)]+)\): (?<titles>.+?)(?=, \[|$)/g)].map(({ groups }) => ({
    path: groups?.['path'] ?? '',
    titles: (groups?.['titles'] ?? '').split(', '),
  }));
}

describe('docs/reliability.md', () => {
  test('names a test for each of its lines', () => {
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.filter(({ named }) => testsOf(named).length === 0)).toEqual([]);
  });

  test.for(lines)('$fault: has the tests that it names', ({ named }) => {
    for (const { path, titles } of testsOf(named)) {
      const source = readFileSync(fileURLToPath(new URL(path, DOCUMENT)), 'utf8');
      // A title with a comma in it is one title.
      const whole = source.includes(titles.join(', '));
      expect(whole ? [] : titles.filter((title) => !source.includes(title))).toEqual([]);
    }
  });
});
