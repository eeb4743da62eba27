/** One version of an app: what is deployed, and what the Space must have afterwards. */
export interface Wanted {
  readonly files: Readonly<Record<string, Buffer>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly visibility: 'public' | 'private';
  /** Source of a bucket that is mounted at `/data`; undefined where the input is not given. */
  readonly bucket?: string;
}

/** Files of this many bytes and more go up in parts to the Hubs of these tests. */
const IN_PARTS = 4_000;
const LARGE = /\.bin$/;

/** The files of the n-th version: each version changes, adds and deletes text files and large ones. */
export function filesOf(version: number): Readonly<Record<string, Buffer>> {
  return {
    'README.md': Buffer.from('---\ntitle: Probe\nsdk: docker\n---\n\n# Probe\n'),
    Dockerfile: Buffer.from('FROM node:24-slim\nCOPY server.js ./\nCMD ["node", "server.js"]\n'),
    'server.js': Buffer.from(
      `require('node:http').createServer((_, r) => r.end('version ${version}')).listen(process.env.PORT);\n`,
    ),
    'docs/kept.txt': Buffer.from('the same in all versions\n'),
    [version % 2 === 0 ? 'even.txt' : 'odd.txt']: Buffer.from('every second time\n'),
    'small.bin': binary(1_000, version),
    'large.bin': binary(IN_PARTS, version),
  };
}

function binary(bytes: number, version: number): Buffer {
  const content = Buffer.alloc(bytes, `\0${version},`);
  return content;
}

/** As `HubFile` names content: the blob, or the sha256 of a large file. */
export function contentIds(files: Wanted['files']): Readonly<Record<string, string>> {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [
      path,
      LARGE.test(path)
        ? createHash('sha256').update(bytes).digest('hex')
        : createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
    ]),
  );
}
