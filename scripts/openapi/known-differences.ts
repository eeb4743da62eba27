const PATHS_INFO =
  'POST /api/spaces/{namespace}/{repo}/paths-info/{rev}: answer 200 /*/lfs must NOT have additional properties';
const OF_LFS = 'the clients read the id and size of a large file here (hub-contract §7)';

/** Differences that stay, each with the reason why; emulator/README.md lists them, too. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, string> = new Map([
  [
    'GET /api/spaces/{namespace}/{repo}/tree/{rev}/{path}: answer 200 /* must NOT have additional properties: path',
    'the OpenAPI forgets `path`, which all clients read (hub-contract §7)',
  ],
  [`${PATHS_INFO}: oid`, OF_LFS],
  [`${PATHS_INFO}: size`, OF_LFS],
]);
