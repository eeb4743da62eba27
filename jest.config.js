import { tmpdir } from 'node:os';
import { join } from 'node:path';

// The tests start a few programs hundreds of times: all but the first processes find them compiled.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'spaceport-compiled');

const swc = (type) => [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type }, sourceMaps: 'inline' },
];

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/__tests__', '<rootDir>/examples/lead-scoring/api/__tests__'],
  testMatch: ['**/*.test.ts'],
  // These need more than npm brings: `npm run test:interop`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/interop/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'cts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '\\.cts$': swc('commonjs'), '\\.ts$': swc('es6') },
  testSequencer: '<rootDir>/__tests__/in-order.js',
  // Most of the time of a story is waiting, for builds and for answers: fewer leave a processor of two idle now and then.
  maxWorkers: 6,
  testTimeout: 240_000,
  coverageProvider: 'v8',
};
