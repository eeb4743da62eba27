import config from './jest.config.js';

/** `npm run test:interop`: what needs Python's registry, a browser, or programs that npm does not bring. */
export default {
  ...config,
  roots: ['<rootDir>/__tests__/interop'],
  testPathIgnorePatterns: ['/node_modules/'],
  // Each deploys whole systems.
  maxWorkers: 1,
  testTimeout: 600_000,
};
