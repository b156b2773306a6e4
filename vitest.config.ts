import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { PATIENCE, TEST_PATIENCE } from './test/patience.ts';

const INTEGRATION = 'test/**/*.integration.test.ts';
const SYSTEM = 'test/**/*.system.test.ts';

/** Test files of a project share the modules of their worker: the shipped knowledge is learned once in each. */
const project = (name: string, include: string, exclude: readonly string[] = []) => ({
  extends: true as const,
  test: { name, include: [include], exclude: ['**/node_modules/**', ...exclude] },
});

export default defineConfig({
  test: {
    isolate: false,
    // Tests wait more than they compute.
    maxWorkers: availableParallelism() + 1,
    testTimeout: TEST_PATIENCE,
    hookTimeout: TEST_PATIENCE,
    expect: { poll: { timeout: PATIENCE } },
    projects: [
      project('unit', 'test/**/*.test.ts', [INTEGRATION, SYSTEM]),
      project('integration', INTEGRATION),
      project('system', SYSTEM),
    ],
  },
});
