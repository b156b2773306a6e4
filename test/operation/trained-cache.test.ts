import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Engine, learnKnowledge } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { TrainedCache } from '../../src/operation/trained-cache.ts';

/** A knowledge folder of the test's own and a data folder, each prepared by a start that came before. */
function startedOnce() {
  const folder = mkdtempSync(join(tmpdir(), 'prepared-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const directory = join(folder, 'knowledge');
  const data = join(folder, 'data');
  cpSync(fileURLToPath(new URL('bakery', import.meta.url)), directory, { recursive: true });
  const prepare = () => {
    const file = new TrainedCache(data, directory);
    const { knowledge } = loadKnowledge(directory);
    if (!knowledge) throw new Error('The bakery has errors.');
    const prepared = { knowledge, learned: learnKnowledge(knowledge) };
    file.write(prepared);
    return prepared;
  };
  const kept = () => new TrainedCache(data, directory).read();
  const indexFile = () => join(data, readdirSync(data)[0] ?? '');
  return { directory, data, kept, indexFile, prepare, prepared: prepare() };
}

describe('a knowledge that was prepared before', () => {
  test('is there at once, and answers in every way as if it were learned now', () => {
    const { kept, prepared } = startedOnce();
    const before = new Engine(prepared.knowledge, 'de', prepared.learned);
    const again = kept();
    if (!again) throw new Error('Nothing was kept.');
    const after = new Engine(again.knowledge, 'de', again.learned);
    for (const text of ['wan macht ir auf', 'how much is the rye bread', 'hallo', 'zzyyx', '']) {
      expect(after.reply({ text })).toEqual(before.reply({ text }));
      expect(after.match(text).topics).toEqual(before.match(text).topics);
    }
  });

  test.for<[string, (folder: string) => void]>([
    ['a topic', (folder) => edit(join(folder, 'topics/hours.yaml'), 'when do you open', 'when are you open')],
    ['the words', (folder) => edit(join(folder, 'words.yaml'), '', '# a comment\n')],
    ['a new file', (folder) => writeFileSync(join(folder, 'topics/extra.yaml'), 'id: extra\n')],
    ['a file less', (folder) => rmSync(join(folder, 'topics/greeting.yaml'))],
  ])('is prepared anew after a change of %s', ([, change]) => {
    const { kept, directory } = startedOnce();
    change(directory);
    expect(kept()).toBeUndefined();
  });

  test('is not taken from a file that was cut off or altered', () => {
    const { kept, indexFile, prepare } = startedOnce();
    const bytes = readFileSync(indexFile());
    writeFileSync(indexFile(), bytes.subarray(0, bytes.length / 2));
    expect(kept()).toBeUndefined();
    writeFileSync(indexFile(), bytes.fill(7, 100, 110));
    expect(kept()).toBeUndefined();
    prepare();
    expect(kept()).toBeDefined();
  });

  test('is not kept if the folder changed while it was read', () => {
    const { data, directory, prepared, kept } = startedOnce();
    const file = new TrainedCache(data, directory);
    edit(join(directory, 'topics/hours.yaml'), 'when do you open', 'when are you open');
    file.write(prepared);
    expect(kept()).toBeUndefined();
  });

  test('is done without where nothing can be written, or there is no such folder', () => {
    const { prepared, directory } = startedOnce();
    const nowhere = new TrainedCache('/dev/null/data', directory);
    nowhere.write(prepared);
    expect(nowhere.read()).toBeUndefined();
    expect(new TrainedCache(join(directory, 'data'), '/no/such/folder').read()).toBeUndefined();
  });
});

function edit(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
