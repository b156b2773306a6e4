import { describe, expect, test } from 'vitest';
import { ask } from '../../src/cli/ask.ts';
import { knowledge } from '../../src/cli/check.ts';
import { evaluate } from '../../src/cli/eval.ts';
import { gaps } from '../../src/cli/gaps.ts';
import { start } from '../../src/main.ts';
import { workbench } from '../../src/workbench/main.ts';
import { runCommand } from './run-command.ts';

describe.for([
  ['npm start', start],
  ['npm run ask', ask],
  ['npm run knowledge', knowledge],
  ['npm run gaps', gaps],
  ['npm run eval', evaluate],
  ['npm run workbench', workbench],
] as const)('%s', ([name, program]) => {
  test.for(['--help', '-h'])('%s explains its use', async (option) => {
    const { code, stdout } = await runCommand(program, [option]);
    expect(code).toBe(0);
    expect(stdout).toMatch(`Usage: ${name} -- `);
  });

  test.for(['--nope', '--knowledge'])('names an option that it cannot use, above its usage: %s', async (option) => {
    const { code, stdout, stderr } = await runCommand(program, [option]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^[^\\n]*${option}[^\\n]*\\.\\nUsage: ${name} -- `));
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
  expect(stderr).toMatch(/ port: choose a number from 0 to 65535\.\nUsage: npm run workbench/);
});
