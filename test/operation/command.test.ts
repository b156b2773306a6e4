import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/knowledge/expected-error.ts';
import { command, UsageError } from '../../src/operation/command.ts';
import { runCommand } from '../cli/run-command.ts';

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

  test('prints only the message of an expected error, and ends with code 1', async () => {
    const ending = await runCommand(failing(new ExpectedError('Buy milk.')), []);
    expect(ending).toEqual({ code: 1, stdout: '', stderr: 'Buy milk.\n' });
  });

  test('prints its usage below an error in how it was called', async () => {
    const { code, stderr } = await runCommand(failing(new UsageError('Say how much.')), []);
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Say how much.\nUsage: fail\n' });
  });

  test('passes on an unexpected error', async () => {
    await expect(runCommand(failing(new TypeError('a bug')), [])).rejects.toThrow('a bug');
  });
});
