import { expect } from '@jest/globals';
import { runAction } from '../../scenarios/support/run-action.ts';
import { createWorkspace } from '../../scenarios/support/workspace.ts';
import type { Client, Operation, Operations } from './clients/client.ts';
import { directoryOf, fingerprint, fingerprints, fingerprintsBelow } from './support/folder.ts';
import type { Referee } from './support/referee.ts';
import { dockerApp, staticSite } from './support/samples.ts';
import type { Target } from './support/target.ts';

/** Where one client meets the expectations. */
export interface Place {
  readonly target: Target;
  readonly referee: Referee;
  /** Clients that have written a Space of their own, see `written`. */
  readonly writers: readonly Client[];
  /** The Space for a purpose of this client; made on first use, with the stub files of the Hub. */
  space(purpose: string, sdk?: 'static' | 'docker'): Promise<string>;
  /** A name for a Space that does not exist yet. */
  unused(purpose: string): string;
  /** The Space that a client wrote its static site to. */
  written(by: Client): string;
  /** A new empty directory. */
  directory(): string;
}

export interface Expectation {
  readonly title: string;
  readonly needs: readonly Operation[];
  /** Docker Spaces are not free. */
  readonly docker: boolean;
  /** Why it is put to the local Hub only. */
  readonly localOnly: string | undefined;
  holds(client: Client, place: Place): Promise<void>;
}

/** The one table: what is expected of the Hub with every client that can do it, in the order in which it is put. */
export const EXPECTATIONS: readonly Expectation[] = [
  expectation('reports whose token it is', ['whoAmI'], async ({ whoAmI }, { target }) => {
    expect(await whoAmI()).toBe(target.account);
  }),

  expectation('makes a Space, and refuses to make it twice', ['createSpace'], async ({ createSpace }, place) => {
    const id = place.unused('made');
    await createSpace(id, 'static');
    expect(await place.referee.info(id)).toMatchObject({ id, sdk: 'static', private: false });
    await expect(createSpace(id, 'static')).rejects.toThrow(/already created/);
  }),

  expectation('says that a missing Space is missing', ['list'], async ({ list }, place) => {
    await expect(list(place.unused('missing'))).rejects.toThrow(/not found|404/i);
  }),

  expectation('takes a folder of text, binary and large files in one commit', ['upload'], async (client, place) => {
    const id = await place.space('written');
    const before = await place.referee.commits(id);
    const stubs = await place.referee.files(id);
    await client.upload(id, directoryOf(staticSite(client.name)));
    expect(withoutAttributes(await place.referee.files(id))).toEqual(
      withoutAttributes({ ...stubs, ...fingerprints(staticSite(client.name)) }),
    );
    expect((await place.referee.commits(id)).slice(1)).toEqual(before);
  }),

  expectation(
    'makes a commit of what is there already only for @huggingface/hub',
    ['upload'],
    async (client, place) => {
      const id = await place.space('written');
      const before = [await place.referee.commits(id), await place.referee.files(id)] as const;
      await client.upload(id, directoryOf(staticSite(client.name)));
      expect(await place.referee.files(id)).toEqual(before[1]);
      expect((await place.referee.commits(id)).slice(client.commitsUnchanged ? 1 : 0)).toEqual(before[0]);
    },
  ),

  expectation('lists all files', ['list'], async ({ list }, { writers, written, referee }) => {
    for (const writer of writers) expect(await list(written(writer))).toEqual(await referee.paths(written(writer)));
  }),

  expectation('gives every byte that any client wrote', ['download'], async ({ download }, place) => {
    for (const writer of place.writers) {
      const directory = place.directory();
      await download(place.written(writer), directory);
      expect({ writer: writer.name, files: fingerprintsBelow(directory) }).toEqual({
        writer: writer.name,
        files: await place.referee.files(place.written(writer)),
      });
    }
  }),

  expectation('gives every byte that our action wrote', ['download'], async ({ download }, place) => {
    const id = await place.space('deployed');
    const site = staticSite('our action');
    await deploy(place.target, id, site);
    const directory = place.directory();
    await download(id, directory);
    expect(withoutAttributes(fingerprintsBelow(directory))).toEqual(fingerprints(site));
  }),

  expectation('deletes files and leaves the others', ['deleteFiles'], async ({ deleteFiles }, place) => {
    const id = await place.space('files');
    await place.referee.commit(id, { 'a.txt': 'a', 'sub/b.txt': 'b', 'sub/c.txt': 'c' });
    const before = await place.referee.files(id);
    await deleteFiles(id, ['a.txt', 'sub/b.txt']);
    const { 'a.txt': _a, 'sub/b.txt': _b, ...others } = before;
    expect(await place.referee.files(id)).toEqual(others);
  }),

  expectation('shows the history, newest first', ['commits'], async ({ commits }, place) => {
    const id = await place.space('files');
    await place.referee.commit(id, { 'history.txt': 'newer' });
    expect(await commits(id)).toEqual(await place.referee.commits(id));
  }),

  expectation(
    'has branches, which leave main as it is',
    ['createBranch', 'deleteBranch', 'upload'],
    async ({ createBranch, deleteBranch, upload }, place) => {
      const id = await place.space('files');
      const main = await place.referee.files(id);
      await createBranch(id, 'draft');
      await upload(id, directoryOf({ 'draft.txt': 'a draft' }), 'draft');
      expect(await place.referee.files(id, 'draft')).toEqual({ ...main, 'draft.txt': fingerprint('a draft') });
      expect(await place.referee.files(id)).toEqual(main);
      await deleteBranch(id, 'draft');
      expect((await place.referee.refs(id)).branches).toEqual(['main']);
    },
  ),

  expectation('lists branches', ['createBranch', 'branches', 'deleteBranch'], async (client, place) => {
    const id = await place.space('files');
    await client.createBranch(id, 'other');
    expect(await client.branches(id)).toEqual(['main', 'other']);
    await client.deleteBranch(id, 'other');
    expect(await client.branches(id)).toEqual(['main']);
  }),

  expectation(
    'has tags, which keep what they name',
    ['createTag', 'tags', 'deleteTag', 'download'],
    async ({ createTag, tags, deleteTag, download }, place) => {
      const id = await place.space('files');
      const tagged = await place.referee.files(id);
      await createTag(id, 'v1.0');
      await place.referee.commit(id, { 'later.txt': 'after the tag' });
      expect(await tags(id)).toEqual(['v1.0']);
      const directory = place.directory();
      await download(id, directory, 'v1.0');
      expect(fingerprintsBelow(directory)).toEqual(tagged);
      await deleteTag(id, 'v1.0');
      expect([await tags(id), (await place.referee.refs(id)).tags]).toEqual([[], []]);
    },
  ),

  expectation('makes one commit of a history', ['squash'], async ({ squash }, place) => {
    const id = await place.space('files');
    const before = await place.referee.files(id);
    await squash(id);
    expect(await place.referee.files(id)).toEqual(before);
    expect(await place.referee.commits(id)).toHaveLength(1);
  }),

  expectation(
    'keeps variables',
    ['setVariable', 'variables', 'deleteVariable'],
    async ({ setVariable, variables, deleteVariable }, place) => {
      const id = await place.space('settings');
      await setVariable(id, 'GREETING', 'hello');
      await setVariable(id, 'PLACE', 'a=b "c" ü');
      await setVariable(id, 'GREETING', 'good morning');
      const expected = { GREETING: 'good morning', PLACE: 'a=b "c" ü' };
      expect([await variables(id), await place.referee.variables(id)]).toEqual([expected, expected]);
      await deleteVariable(id, 'PLACE');
      expect(await variables(id)).toEqual({ GREETING: 'good morning' });
    },
  ),

  expectation(
    'keeps secrets, and never shows their values',
    ['setSecret', 'secrets', 'deleteSecret'],
    async ({ setSecret, secrets, deleteSecret }, place) => {
      const id = await place.space('settings');
      await setSecret(id, 'PASSWORD', 'first of no use');
      await setSecret(id, 'PASSWORD', 'second of no use');
      await setSecret(id, 'KEY', 'third of no use');
      const told = await secrets(id);
      expect([Object.keys(told).sort(), await place.referee.secretNames(id)]).toEqual([
        ['KEY', 'PASSWORD'],
        ['KEY', 'PASSWORD'],
      ]);
      expect(JSON.stringify(told)).not.toContain('of no use');
      await deleteSecret(id, 'KEY');
      expect(Object.keys(await secrets(id))).toEqual(['PASSWORD']);
    },
  ),

  expectation('reports the stage', ['stage'], async ({ stage }, place) => {
    const id = await place.space('settings');
    await place.referee.commit(id, { 'README.md': '---\ntitle: Check\nsdk: static\n---\n' });
    await until(async () => (await place.referee.runtime(id)).stage === 'RUNNING');
    expect(await stage(id)).toBe('RUNNING');
  }),

  expectation('refuses to restart or pause a static Space', ['restart', 'pause'], async ({ restart, pause }, place) => {
    const id = await place.space('settings');
    await expect(restart(id)).rejects.toThrow(/static|Bad ?request/i);
    await expect(pause(id)).rejects.toThrow(/static|Bad ?request/i);
  }),

  expectation('hides a Space and shows it again', ['setVisibility'], async ({ setVisibility }, { space, referee }) => {
    const id = await space('settings');
    await setVisibility(id, 'private');
    expect([await referee.status(id, { anonymous: true }), await referee.status(id)]).toEqual([401, 200]);
    await setVisibility(id, 'public');
    expect(await referee.status(id, { anonymous: true })).toBe(200);
  }),

  expectation(
    'waits until a pushed app runs',
    ['upload', 'wait'],
    async ({ upload, wait }, { space, referee }) => {
      const id = await space('app', 'docker');
      await upload(id, directoryOf(dockerApp()));
      await until(async () => (await referee.runtime(id)).stage !== 'NO_APP_FILE');
      expect(await wait(id)).toBe('RUNNING');
      await until(async () => (await referee.runtime(id)).sha === (await referee.info(id)).sha);
    },
    { docker: true },
  ),

  expectation(
    'gives variables and secrets to the app',
    ['setVariable', 'setSecret'],
    async (client, place) => {
      const id = await runningApp(place);
      await client.setVariable(id, 'GREETING', 'hello');
      await client.setSecret(id, 'PASSWORD', 'of no use');
      await until(async () => {
        const { greeting, password } = (await place.referee.app(id)) ?? {};
        return greeting === 'hello' && password === 'of no use';
      });
    },
    { docker: true },
  ),

  expectation(
    'mounts a bucket, and refuses one that is not there',
    ['createBucket', 'deleteBucket', 'mount', 'mounts', 'unmount'],
    async ({ createBucket, deleteBucket, mount, mounts, unmount }, place) => {
      const id = await runningApp(place);
      const bucket = place.unused('bucket');
      await expect(mount(id, `hf://buckets/${bucket}:/data`)).rejects.toThrow(/not found|404/i);
      await createBucket(bucket);
      await mount(id, `hf://buckets/${bucket}:/data`);
      expect(await mounts(id)).toEqual({ [bucket]: '/data' });
      await unmount(id);
      expect(await mounts(id)).toEqual({});
      await expect(unmount(id)).rejects.toThrow(/no volumes/);
      await deleteBucket(bucket);
    },
    { docker: true, localOnly: 'what a bucket costs is not known' },
  ),

  expectation(
    'gives the logs of build and app',
    ['logs'],
    async ({ logs }, place) => {
      const id = await runningApp(place);
      const [build, app] = await Promise.all([logs(id, 'build'), logs(id, 'run')]);
      expect(build).toMatch(/===== Build Queued at .* \/ Commit SHA: [0-9a-f]{7} =====/);
      expect(app).toContain('The app has started');
    },
    { docker: true },
  ),

  expectation(
    'restarts an app',
    ['restart'],
    async ({ restart }, place) => {
      const id = await runningApp(place);
      const before = (await place.referee.app(id))?.['start'];
      await restart(id);
      await until(async () => {
        const start = (await place.referee.app(id))?.['start'];
        return start !== undefined && start !== before;
      });
    },
    { docker: true },
  ),

  expectation(
    'pauses an app until it is restarted',
    ['pause', 'restart', 'stage'],
    async (client, place) => {
      const id = await runningApp(place);
      await client.pause(id);
      await until(async () => (await client.stage(id)) === 'PAUSED');
      expect(await place.referee.app(id)).toBeUndefined();
      await client.restart(id);
      await until(async () => (await place.referee.app(id)) !== undefined);
    },
    { docker: true },
  ),

  expectation(
    'changes hardware, and then the sleep time',
    ['requestHardware', 'setSleepTime'],
    async ({ requestHardware, setSleepTime }, place) => {
      const id = await runningApp(place);
      await setSleepTime(id, 600);
      expect(await place.referee.runtime(id)).toMatchObject({
        hardware: { requested: 'cpu-basic' },
        gcTimeout: 172_800,
      });
      await requestHardware(id, 'cpu-upgrade');
      await setSleepTime(id, 600);
      expect(await place.referee.runtime(id)).toMatchObject({ hardware: { requested: 'cpu-upgrade' }, gcTimeout: 600 });
    },
    { docker: true, localOnly: 'cpu-upgrade is paid for' },
  ),

  expectation(
    'copies a Space with its variables and without its secrets',
    ['duplicateSpace'],
    async ({ duplicateSpace }, { space, unused, referee }) => {
      const [id, copy] = [await space('settings'), unused('copy')];
      await duplicateSpace(id, copy);
      expect(await referee.files(copy)).toEqual(await referee.files(id));
      expect([await referee.variables(copy), await referee.secretNames(copy)]).toEqual([
        await referee.variables(id),
        [],
      ]);
    },
  ),

  expectation('renames a Space, and redirects from its old name', ['renameSpace'], async (client, place) => {
    const [before, after] = [await place.space('named'), place.unused('renamed')];
    await client.renameSpace(before, after);
    expect([(await place.referee.info(after)).id, (await place.referee.info(before)).id]).toEqual([after, after]);
  }),

  expectation('deletes a Space', ['deleteSpace'], async ({ deleteSpace }, { space, referee }) => {
    const id = await space('doomed');
    await deleteSpace(id);
    expect(await referee.status(id)).toBe(404);
  }),

  expectation('is deployed over by our action, which leaves its own files only', ['upload'], async (client, place) => {
    const id = place.written(client);
    const { 'picture.png': _left, ...kept } = staticSite(client.name);
    const ours = {
      ...kept,
      'index.html': '<!doctype html>\n<title>Ours now</title>\n',
      'ours.bin': Buffer.from([0, 1]),
    };
    await deploy(place.target, id, ours);
    const files = await place.referee.files(id);
    expect(Object.keys(files)).toContain('.gitattributes');
    expect(withoutAttributes(files)).toEqual(fingerprints(ours));
  }),
];

function expectation<Needed extends Operation>(
  title: string,
  needs: readonly Needed[],
  holds: (client: Client & Pick<Operations, Needed>, place: Place) => Promise<void>,
  { docker = false, localOnly }: { readonly docker?: boolean; readonly localOnly?: string } = {},
): Expectation {
  return {
    title,
    needs,
    docker,
    localOnly,
    holds: (client, place) => holds(client as Client & Pick<Operations, Needed>, place),
  };
}

/** Whoever brings the first file of its kind appends to .gitattributes, the Hub or the client: its bytes may differ. */
function withoutAttributes(files: Readonly<Record<string, string>>): Record<string, string> {
  const { '.gitattributes': _attributes, ...others } = files;
  return others;
}

/** The docker Space of a client, with the app that says which start of it answers. */
async function runningApp({ space, referee }: Place): Promise<string> {
  const id = await space('app', 'docker');
  if (!(await referee.paths(id)).includes('server.js')) await referee.commit(id, dockerApp());
  await until(async () => (await referee.runtime(id)).stage === 'RUNNING' && (await referee.app(id)) !== undefined);
  return id;
}

async function deploy({ hubUrl, token }: Target, id: string, files: Readonly<Record<string, string | Buffer>>) {
  const workspace = createWorkspace(files);
  try {
    const inputs = {
      // The Space was made by hand, and its picture is to go.
      adopt: 'true',
      space: id,
      environment: 'staging',
      timeout: '300s',
      'hub-url': hubUrl,
    };
    const { exitCode, errors } = await runAction({ inputs, workspace: workspace.directory, env: { HF_TOKEN: token } });
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: [] });
  } finally {
    workspace.remove();
  }
}

/** Asks until it is so; the time limit of the test ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 200));
}
