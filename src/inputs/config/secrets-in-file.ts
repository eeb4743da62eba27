import type { Scalar } from 'yaml';
import { type Credential, credentialsIn, passwordOf } from '../credentials.ts';
import type { Reading } from './reading.ts';

/** Looks for credentials line by line, comments included: each of them is in the history of the repository for good. */
export function reportSecrets(text: string, reading: Reading): void {
  let start = 0;
  for (const line of text.split('\n')) {
    for (const found of credentialsIn(line)) report(reading, start + line.indexOf(found.text), found);
    start += line.length + 1;
  }
}

/** The same for one value: quotes may have hidden the beginning of a connection string. */
export function reportSecretValue(node: Scalar, reading: Reading): void {
  const isKnown = (secret: string) => reading.secrets.some((known) => known.includes(secret));
  for (const found of credentialsIn(String(node.value))) {
    if (!isKnown(found.text)) report(reading, node.range?.[0] ?? 0, found);
  }
}

function report(reading: Reading, offset: number, { kind, text }: Credential): void {
  for (const secret of [text, passwordOf(text)]) reading.addSecret(secret);
  reading.report(
    { range: [offset, offset, offset] },
    {
      what: `This looks like ${kind}.`,
      cause: 'Everybody who can read the repository can read this file, and its history keeps what was in it.',
      fix: 'Revoke it and make a new one. Give that to the step: in `token`, `database-url`, or in its `env:`, and name it here under `secrets`.',
    },
  );
}
