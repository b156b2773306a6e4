import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CHAT_TEXTS } from '../../src/cli/texts.ts';
import { BAKERY, bakeryTopic } from '../bakery.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { noTerminal, PROGRAMS, type Program, run, runInTerminal, STACK_TRACE } from './run.ts';

const WITH_BAKERY = ['--knowledge', BAKERY] as const;

function start(program: Program, ...args: readonly string[]) {
  const child = spawn(process.execPath, [PROGRAMS[program], ...args], { cwd: temporaryFolder(), env: {} });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => {});
  return child;
}

describe('a program', () => {
  test.for<Program>(['start', 'ask', 'eval', 'knowledge', 'gaps', 'workbench'])(
    '%s with wrong settings says so without a stack trace or a secret, and ends with code 1',
    (program) => {
      const { code, stdout, stderr } = run(program, [], { settings: { DISCORD_TOKEN: 'geheim-und-falsch' } });
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^DISCORD_TOKEN must be /);
      expect(stderr).not.toContain('geheim');
      expect(stderr).not.toMatch(STACK_TRACE);
    },
  );

  test('answers from the knowledge that ships with it, and has nothing to say to thanks', () => {
    const messages = ['Was ist Xiaomi Pay?', 'danke', 'thanks', 'ok'];
    const { code, stdout } = run('ask', ['--json'], { input: messages.join('\n') });
    const outcomes = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).outcome);
    expect({ code, outcomes }).toEqual({ code: 0, outcomes: ['answer', 'none', 'none', 'none'] });
  });

  test('scores the answers on the evaluation sets that ship with it', () => {
    const { code, stdout } = run('eval', []);
    expect(code).toBe(0);
    expect(stdout).toMatch(/answered correctly/);
  });

  test('takes from .env in its folder what the environment does not say, and prints nothing of it', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '.env'), `KNOWLEDGE_DIR="${BAKERY}"\r\nDEFAULT_LANGUAGE=en # or de\r\n`);
    const language = (settings: Readonly<Record<string, string>>) => {
      const { code, stdout, stderr } = run('ask', ['--json', 'xyzzy'], { folder, settings });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout).language;
    };
    expect(language({})).toBe('en');
    expect(language({ DEFAULT_LANGUAGE: 'de' })).toBe('de');
    // As Compose and systemd set what stands empty in a copied .env.example.
    expect(language({ DEFAULT_LANGUAGE: '' })).toBe('en');
  });

  test('names each misspelt setting in .env, what is meant and the file, but nothing that may be for another program', () => {
    const folder = temporaryFolder();
    const file = join(folder, '.env');
    const misspelt = 'DISCORD_TOKE=geheim\ndiscord_token=geheim\nRECORD_QUESTION=true\nLOG_LEVLE=\n';
    writeFileSync(file, `${misspelt}LOG_LEVEL=info\nNODE_OPTIONS=x\nTZ=x\nNO_PROXY=x\nHTTPS_PROXY=x\nPATH=x\nLANG=x\n`);
    const { code, stderr } = run('ask', [...WITH_BAKERY, 'xyzzy'], { folder });
    const line = (name: string, meant: string) =>
      `${name} in ${file} is not a setting of the bot and is ignored. If ${meant} is meant, rename it; .env.example explains every setting.\n`;
    const [token, record] = ['DISCORD_TOKEN', 'RECORD_QUESTIONS'];
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: line('DISCORD_TOKE', token) + line('discord_token', token) + line('RECORD_QUESTION', record),
    });
  });

  test('says that .env can’t be read, and what to do', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.env'));
    const { code, stderr } = run('ask', [...WITH_BAKERY, 'xyzzy'], { folder });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${join(folder, '.env')} cannot be read (EISDIR) and is ignored. Make it a file that the user who runs the bot may read, or remove it.\n`,
    });
  });

  test('exits on /quit, though its input goes on', async () => {
    const program = start('start', ...WITH_BAKERY);
    program.stdin.write('/quit\n');
    expect(await once(program, 'close')).toEqual([0, null]);
  });

  test('exits without a word when nobody reads on', async () => {
    const program = start('start', ...WITH_BAKERY);
    const complaints = text(program.stderr);
    program.stdin.end('/topics\n'.repeat(10_000));
    program.stdout.once('data', () => program.stdout.destroy());
    expect(await once(program, 'close')).toEqual([0, null]);
    expect(await complaints).toBe('');
  });
});

describe.skipIf(noTerminal)('npm start at a terminal', () => {
  test('greets, prompts, answers, and ends on exit with code 0', async () => {
    const keys = ['was kostet das brot\r', '1\r', 'topics\r', '2\r', 'exit\r'];
    const { code, screen } = await runInTerminal('start', WITH_BAKERY, keys);
    let place = 0;
    for (const passage of [
      CHAT_TEXTS.de.learning,
      'Hallo! Ich beantworte Fragen zu Bäckerei Huber',
      '› was kostet das brot',
      bakeryTopic('bread', 'de').answer,
      `  1  ${bakeryTopic('hours', 'de').title}`,
      '› 1',
      bakeryTopic('hours', 'de').answer,
      '› topics',
      `  2  ${bakeryTopic('greeting', 'de').title}`,
      '› 2',
      bakeryTopic('greeting', 'de').answer,
      '› exit',
      'Tschüss!',
    ]) {
      const next = screen.indexOf(passage, place);
      expect(next, `"${passage}" is not on the rest of the screen:\n${screen.slice(place)}`).not.toBe(-1);
      place = next;
    }
    expect(code).toBe(0);
  });

  test.for([
    ['Ctrl-C in the middle of a line', ['was kos\x03']],
    ['Ctrl-D after two lines at once', ['hallo\rwas kostet das brot\r\x04']],
  ] as const)('ends on %s with a goodbye and code 0', async ([, keys]) => {
    const { code, screen } = await runInTerminal('start', WITH_BAKERY, keys);
    expect(screen).toMatch(/\nTschüss!\n/);
    expect(code).toBe(0);
  });
});

describe('npm run workbench', () => {
  test('prints where it is open, warns of nothing, and ends at once when told', async () => {
    const workbench = start('workbench', ...WITH_BAKERY, '--port', '0');
    const complaints = text(workbench.stderr);
    const [line] = await once(workbench.stdout.setEncoding('utf8'), 'data');
    const url = /^The workbench is open at (http:\/\/127\.0\.0\.1:\d+\/) \(Ctrl\+C closes it\)\.\n$/.exec(line)?.[1];
    // A page that is open does not keep it from ending.
    const events = await fetch(`${url}events`);
    workbench.kill('SIGINT');
    expect(await once(workbench, 'exit')).toEqual([0, null]);
    expect(await complaints).toBe('');
    await events.body?.cancel().catch(() => {});
  });

  test('says at once that a knowledge folder has errors', async () => {
    const workbench = start('workbench', '--knowledge', 'nowhere', '--port', '0');
    const printed: string[] = [];
    for await (const line of createInterface(workbench.stdout)) if (printed.push(line) === 2) break;
    workbench.kill('SIGINT');
    expect(printed[1]).toBe('The knowledge has errors: the page lists them under Problems.');
    await once(workbench, 'exit');
  });
});
