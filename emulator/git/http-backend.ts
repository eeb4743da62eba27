import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { quietGitEnv, settingsEnv } from './run-git.ts';

export interface BackendCall {
  readonly gitDir: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  readonly service: string;
  readonly method: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable | undefined;
  readonly user: string;
  /** Directory of the hooks that judge a push. */
  readonly hooksDir: string;
  /** Where the LFS objects of the repository lie, for the pre-receive check. */
  readonly objectsDir: string;
}

export interface BackendAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Readable;
}

/** Lets `git http-backend` answer one request of the smart protocol. */
export async function httpBackend(call: BackendCall): Promise<BackendAnswer> {
  const child = spawn('git', ['http-backend'], { env: { ...quietGitEnv, ...environment(call) } });
  child.stdin.on('error', () => {});
  child.stderr.resume();
  if (call.body) call.body.pipe(child.stdin);
  else child.stdin.end();
  const headers = await readHeaders(child.stdout);
  const status = Number(headers['status']?.slice(0, 3) ?? 200);
  delete headers['status'];
  return { status, headers, body: child.stdout };
}

function environment(call: BackendCall): Record<string, string> {
  const header = (name: string) => String(call.headers[name] ?? '');
  const settings = {
    'core.hooksPath': call.hooksDir,
    'http.receivepack': 'true',
    'receive.denyNonFastForwards': 'false',
  };
  return {
    ...settingsEnv(settings),
    GIT_PROJECT_ROOT: call.gitDir,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: header('git-protocol'),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    PATH_INFO: `/${call.service}`,
    REQUEST_METHOD: call.method,
    QUERY_STRING: call.query,
    CONTENT_TYPE: header('content-type'),
    REMOTE_USER: call.user,
    REMOTE_ADDR: '127.0.0.1',
    HUB_NODE: process.execPath,
    HUB_LFS_OBJECTS: call.objectsDir,
  };
}

/** Reads the CGI head and leaves the stream at the body. */
async function readHeaders(out: Readable): Promise<Record<string, string>> {
  let head = Buffer.alloc(0);
  for (;;) {
    const chunk: Buffer | null = out.read();
    if (chunk) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end !== -1) {
        out.unshift(head.subarray(end + 4));
        return parseHeaders(head.toString('latin1', 0, end));
      }
    } else if (out.readableEnded) return {};
    else await new Promise((resolve) => out.once('readable', resolve).once('end', resolve));
  }
}

function parseHeaders(head: string): Record<string, string> {
  const lines = head.split('\r\n').map((line) => /^([^:]+):\s*(.*)$/.exec(line));
  return Object.fromEntries(lines.map((line) => [line?.[1]?.toLowerCase() ?? '', line?.[2] ?? '']));
}
