import { closeSync, openSync, readSync } from 'node:fs';
import type { Problem } from '../../base/failure.ts';
import { onDemand } from '../../base/on-demand.ts';
import type { HubSdk } from '../../inputs/sdk.ts';
import type { FoundFile } from '../files/found-file.ts';
import type { ConfidentialFile } from '../source.ts';
import { anyCredentialFile, CREDENTIAL_FILES } from './credential-files.ts';
import { onlyCredential, realCredentialIn } from './samples.ts';
import { dotenvAssignments, secretAmong } from './secret-assignments.ts';

/** As much of a file as is looked at, in bytes. */
const LONGEST_LOOK = 64 * 1024;
/** A file that is nothing but a key or a token is no longer than this. */
const LONGEST_KEY = 16 * 1024;

/** Settings for the environment of an app, by the names that tools read. */
const DOTENV = /(^|\/)(\.env(\.[^/]+)?|[^/]+\.env|\.envrc|\.flaskenv|\.dev\.vars)$/;
/** These show which names there are: a real token in one is a mistake, and any other value a sample. */
const SAMPLE = /\.(example|sample|template|dist|defaults?)$/;
/** Neither code nor data by its name. */
const MAY_BE_A_KEY =
  /(^|\/)[^/.]+$|(^|\/)\.[^/.]+$|\.(txt|token|secrets?|key|pem|p8|pk8|crt|asc|gpg|conf|cfg|bak|old)$/i;

/**
 * Files that nobody should put where everybody can read them, each with what it holds. Only those are opened whose name
 * and size make it possible: this is a guard against accidents, not a scanner.
 */
export function confidentialFiles(files: readonly FoundFile[]): readonly ConfidentialFile[] {
  return files.flatMap((file) => {
    const holds = file.size === 0 ? undefined : secretIn(file);
    return holds === undefined ? [] : [{ path: file.path, holds }];
  });
}

/** A static Space has no place for secrets. */
export function readableByAll({ path, holds }: ConfidentialFile, sdk?: HubSdk): Problem {
  return {
    where: path,
    what: `${JSON.stringify(path)} holds ${holds}, and everybody could read it in a public Space.`,
    fix: `Name it in \`exclude\`${sdk === 'static' ? '' : ', and give its values as `secrets`'}; or deploy to a private Space. If everybody may read it, name this very file in \`include\`.`,
  };
}

/** By its name in the Space or its own: neither a link nor another name makes it another file. */
function secretIn(file: FoundFile): string | undefined {
  const own = file.absolute.replaceAll('\\', '/');
  const names = own.endsWith(`/${file.path}`) ? [own] : [file.path, own];
  const isNamed = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const text = onDemand(() => startOf(file, LONGEST_LOOK));
  const kind = isNamed(anyCredentialFile())
    ? CREDENTIAL_FILES.find(({ named, proof }) => isNamed(named) && (proof === undefined || proof(text())))
    : undefined;
  if (kind !== undefined) return kind.holds;
  if (isNamed(DOTENV)) return isNamed(SAMPLE) ? realCredentialIn(text()) : secretInDotenv(text());
  if (isNamed(/\.json$/) && file.size <= LONGEST_LOOK) return secretInJson(text());
  return isNamed(MAY_BE_A_KEY) && file.size <= LONGEST_KEY ? keyOrToken(text()) : undefined;
}

/** Comments are read, too: a value that was commented out is no less real. */
function secretInDotenv(text: string): string | undefined {
  const comments = text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));
  const commented = realCredentialIn(comments.join('\n'));
  return secretAmong(dotenvAssignments(text)) ?? (commented && `${commented}, in a comment`);
}

function secretInJson(text: string): string | undefined {
  if (/"private_?key"\s*:\s*"-----BEGIN [A-Z ]*PRIVATE KEY/i.test(text)) return 'a private key';
  const isAuthorizedUser = /"client_secret"\s*:\s*"[^"]/.test(text) && /"refresh_token"\s*:\s*"[^"]/.test(text);
  return isAuthorizedUser ? 'a refresh token' : onlyCredential(text.trim().replace(/^"(.*)"$/, '$1'));
}

function keyOrToken(text: string): string | undefined {
  return /^\s*-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY/.test(text) ? 'a private key' : onlyCredential(text);
}

/** The first bytes of a file as text. Windows' shells write UTF-16, with a mark at its start. */
function startOf({ absolute, bytes, size }: FoundFile, most: number): string {
  const start =
    bytes === undefined ? startOnDisk(absolute, Math.min(size, most)) : Buffer.from(bytes.subarray(0, most));
  return start.toString(start[0] === 0xff && start[1] === 0xfe ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

function startOnDisk(absolute: string, most: number): Buffer {
  const buffer = Buffer.allocUnsafe(most);
  const file = openSync(absolute, 'r');
  try {
    return buffer.subarray(0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}
