import { describe, expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import { knowledge } from '../../src/cli/check.ts';
import { evaluate } from '../../src/cli/eval.ts';
import { gaps } from '../../src/cli/gaps.ts';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { start } from '../../src/main.ts';
import { command, UsageError } from '../../src/operation/command.ts';
import { workbench } from '../../src/workbench/main.ts';
import { runCommand } from './run-command.ts';

class Mendable extends ExpectedError {}

const failing = (error: Error) =>
  command({
    usage: 'Usage: fail',
    options: {},
    run: () => {
      throw error;
    },
  });

describe('a command', () => {
  test('gets its options and arguments, and ends with the code that it returns', async () => {
    const sum = command({
      usage: 'Usage: sum',
      options: { loud: { type: 'boolean', default: false } },
      allowPositionals: true,
      run: ({ values, positionals }, { print }) => {
        print(`${positionals.join('+')}${values.loud ? '!' : ''}`);
        return 3;
      },
    });
    expect(await runCommand(sum, ['1', '--loud', '--', '--help'])).toEqual({
      code: 3,
      stdout: '1+--help!\n',
      stderr: '',
    });
  });

  test('that fails in an expected way prints the message alone, and ends with code 1', async () => {
    const ending = await runCommand(failing(new Mendable('Buy milk.')), []);
    expect(ending).toEqual({ code: 1, stdout: '', stderr: 'Buy milk.\n' });
  });

  test('prints its usage below an error in how it was called', async () => {
    const { code, stderr } = await runCommand(failing(new UsageError('Say how much.')), []);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Say how much.\nUsage: fail\n' });
  });

  test('passes on an error that nobody expected', async () => {
    await expect(runCommand(failing(new TypeError('a bug')), [])).rejects.toThrow('a bug');
  });
});

describe.for([
  ['npm start', start],
  ['npm run ask', ask],
  ['npm run knowledge', knowledge],
  ['npm run gaps', gaps],
  ['npm run eval', evaluate],
  ['npm run workbench', workbench],
] as const)('%s', ([name, program]) => {
  test.for(['--help', '-h'])('%s says how to use it', async (option) => {
    const { code, stdout } = await runCommand(program, [option]);
    expect(code).toBe(0);
    expect(stdout).toMatch(`Usage: ${name} -- `);
  });

  test.for(['--nope', '--knowledge'])('names an option that it cannot use, in one line: %s', async (option) => {
    const { code, stdout, stderr } = await runCommand(program, [option]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^[^\n]*\. See --help\.\n$/);
    expect(stderr).toContain(option);
  });
});

test.for([
  ['npm start', start],
  ['npm run eval', evaluate],
  ['npm run workbench', workbench],
] as const)('%s takes no arguments', async ([, program]) => {
  const { code, stderr } = await runCommand(program, ['brot']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("'brot'") });
});

test.for(['99999', 'http', '-1', ''])('npm run workbench refuses %j as a port', async (port) => {
  const { code, stderr } = await runCommand(workbench, [`--port=${port}`]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/is no port: choose a number from 0 to 65535\.\nUsage: npm run workbench/);
});
