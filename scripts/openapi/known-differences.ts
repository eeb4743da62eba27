/** Differences that stay, each with the reason why; emulator/README.md lists them, too. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  [
    'GET /api/spaces/{namespace}/{repo}/tree/{rev}/{path}: answer 200 /* must NOT have additional properties: path',
    'the OpenAPI forgets `path`, which all clients read (hub-contract §7)',
  ],
]);
