import type { DeployFile, Source } from '../../src/source/source.ts';
import type { PresentSpace, RemoteFile } from '../../src/space/space-state.ts';

export const HEAD = '1'.repeat(40);

/** A docker source with these files, with the changes of a case. */
export function sourceOf(files: readonly DeployFile[], values: Partial<Source> = {}): Source {
  return {
    requestedSdk: 'docker',
    sdk: 'docker',
    files: new Map(files.map((file) => [file.path, file])),
    card: { sdk: 'docker' },
    readme: '---\nsdk: docker\n---\n',
    sourceDigest: 's'.repeat(64),
    contentDigest: 'c'.repeat(64),
    confidential: [],
    warnings: [],
    notes: [],
    ...values,
  };
}

/** A running production Space without files, with the changes of a case. */
export function spaceOf(values: Partial<PresentSpace> = {}): PresentSpace {
  return {
    kind: 'present',
    id: 'acme/app',
    sdk: 'docker',
    visibility: 'private',
    head: HEAD,
    trailers: {},
    variables: new Map([['APP_ENV', { value: 'production' }]]),
    secrets: new Map(),
    runtime: { stage: 'RUNNING', sha: HEAD },
    card: { sdk: 'docker' },
    appUrl: 'https://acme-app.hf.space',
    tree: new Map(),
    ...values,
  };
}

export function treeOf(...files: readonly RemoteFile[]): ReadonlyMap<string, RemoteFile> {
  return new Map(files.map((file) => [file.path, file]));
}
