import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Engine, trainOn } from '../../src/engine/engine.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';
import { trainedCache } from '../../src/operation/open-engine.ts';
import { BAKERY } from '../bakery.ts';

/** A knowledge folder of the test's own and a data folder, each prepared by a start that came before. */
function startedOnce(dataFolder = 'data') {
  const folder = mkdtempSync(join(tmpdir(), 'prepared-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const directory = join(folder, 'knowledge');
  const data = join(folder, dataFolder);
  cpSync(BAKERY, directory, { recursive: true });
  const prepare = () => {
    const file = trainedCache(data, directory);
    const { knowledge } = loadKnowledge(directory);
    if (!knowledge) throw new Error('The bakery has errors.');
    const prepared = { knowledge, trained: trainOn(knowledge) };
    file.write(prepared);
    return prepared;
  };
  const kept = () => trainedCache(data, directory).read();
  const indexFile = () => join(data, readdirSync(data).find((name) => name.startsWith('index-')) ?? '');
  return { directory, data, kept, indexFile, prepare, prepared: prepare() };
}

describe('knowledge that was trained before', () => {
  test('is there at once, and decides as if it were trained now', () => {
    const { kept, prepared } = startedOnce();
    const before = new Engine(prepared.knowledge, 'de', prepared.trained);
    const again = kept();
    if (!again) throw new Error('Nothing was kept.');
    const after = new Engine(again.knowledge, 'de', again.trained);
    for (const text of ['wan macht ir auf', 'how much is the rye bread', 'hallo', 'zzyyx', '']) {
      expect(after.decide(after.read(text))).toEqual(before.decide(before.read(text)));
    }
  });

  test.for<[string, (folder: string) => void]>([
    ['a topic', (folder) => edit(join(folder, 'topics/hours.yaml'), 'when do you open', 'when are you open')],
    ['the words', (folder) => edit(join(folder, 'words.yaml'), '', '# a comment\n')],
    ['a new file', (folder) => writeFileSync(join(folder, 'topics/extra.yaml'), 'id: extra\n')],
    [
      'a file moved to another folder',
      (folder) => renameSync(join(folder, 'topics/greeting.yaml'), join(folder, 'greeting.yaml')),
    ],
    ['a deleted file', (folder) => rmSync(join(folder, 'topics/greeting.yaml'))],
  ])('is trained again after a change of %s', ([, change]) => {
    const { kept, directory } = startedOnce();
    change(directory);
    expect(kept()).toBeUndefined();
  });

  test('is not read from a file that was cut off', () => {
    const { kept, indexFile, prepare } = startedOnce();
    const bytes = readFileSync(indexFile());
    writeFileSync(indexFile(), bytes.subarray(0, bytes.length / 2));
    expect(kept()).toBeUndefined();
    prepare();
    expect(kept()).toBeDefined();
  });

  test('is not written if the folder changed while it was read', () => {
    const { data, directory, prepared, kept } = startedOnce();
    const file = trainedCache(data, directory);
    edit(join(directory, 'topics/hours.yaml'), 'when do you open', 'when are you open');
    file.write(prepared);
    expect(kept()).toBeUndefined();
  });

  test.for(['knowledge', 'knowledge/data'])('is there at once if the data folder is %s', (folder) => {
    const { data, kept } = startedOnce(folder);
    writeFileSync(join(data, 'bot.sqlite-wal'), '');
    expect(kept()).toBeDefined();
  });

  test('is done without if nothing can be written, or the folder doesn’t exist', () => {
    const { prepared, directory } = startedOnce();
    const nowhere = trainedCache('/dev/null/data', directory);
    nowhere.write(prepared);
    expect(nowhere.read()).toBeUndefined();
    expect(trainedCache(join(directory, 'data'), '/no/such/folder').read()).toBeUndefined();
  });
});

function edit(file: string, from: string, to: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
}
