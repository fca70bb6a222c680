import { defineConfig } from 'vitest/config';

// A zone far from UTC, so that a date which slips over midnight is seen on every machine.
process.env.TZ = 'Asia/Almaty';

const tests = ['src/**/*.test.ts', 'adapters/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'];
const long = ['**/*.long.test.ts'];
const never = ['**/node_modules/**', '**/dist/**', 'data/**'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    allowOnly: false,
    passWithNoTests: false,
    env: { TZ: 'Asia/Almaty' },
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: tests,
          exclude: [...never, ...long],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Browsers, office suites, random runs: a file named *.long.test.ts may take two minutes a test.
        test: { name: 'long', include: long, exclude: never, testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
