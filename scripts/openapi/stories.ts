import { dockerApp, staticSite } from '../../__tests__/scenarios/support/apps.ts';
import { type ActionRun, runAction } from '../../__tests__/scenarios/support/run-action.ts';
import { createWorkspace, type Workspace } from '../../__tests__/scenarios/support/workspace.ts';

type Inputs = Readonly<Record<string, string>>;

/** What the action is run for, in order, and whether it should end well. */
interface Story {
  readonly name: string;
  readonly inputs?: Inputs;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly ends?: number;
}

const APP: readonly Story[] = [
  { name: 'plan of a first deployment', inputs: { mode: 'plan' } },
  { name: 'first deployment', inputs: { secrets: 'API_KEY=s3cret-value', variables: 'GREETING=hello' } },
  { name: 'unchanged', inputs: { secrets: 'API_KEY=s3cret-value', variables: 'GREETING=hello' } },
  { name: 'one file', files: { 'note.txt': 'A note\n' } },
  { name: 'a large file', files: { 'model.bin': Buffer.alloc(64 * 1024, 1) } },
  { name: 'README only', files: { 'README.md': '---\ntitle: Other\nsdk: docker\napp_port: 7860\n---\n' } },
  { name: 'settings only', inputs: { variables: 'GREETING=good day' } },
  { name: 'crash with rollback', files: { 'server.js': 'process.exit(1)\n' }, ends: 1 },
  { name: 'remove', inputs: { mode: 'remove' } },
];
const SITE: readonly Story[] = [{ name: 'static', inputs: { visibility: 'public' } }];

/** Runs the key stories against a Hub; tells of each one that ended otherwise than it should. */
export async function runStories(hubUrl: string, say: (line: string) => void): Promise<void> {
  await runAll(APP, createWorkspace(dockerApp('1')), { space: 'me/app', 'hub-url': hubUrl }, say);
  await runAll(
    SITE,
    createWorkspace({ ...staticSite('Well'), 'data.bin': Buffer.alloc(1024, 1) }),
    { space: 'me/site', 'hub-url': hubUrl },
    say,
  );
}

async function runAll(
  stories: readonly Story[],
  workspace: Workspace,
  always: Inputs,
  say: (line: string) => void,
): Promise<void> {
  for (const { name, inputs = {}, files, ends = 0 } of stories) {
    if (files) workspace.commit(files);
    const run = await runAction({
      inputs: { environment: 'staging', timeout: '60s', ...always, ...inputs },
      workspace: workspace.directory,
      env: {
        HF_TOKEN: 'hf_me_write',
        GITHUB_REPOSITORY: 'me/repo',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_RUN_ID: '100',
      },
    });
    say(`- ${name}: ${run.exitCode === ends ? 'as it should end' : `ended with ${run.exitCode}: ${reason(run)}`}`);
  }
  workspace.remove();
}

function reason({ errors }: ActionRun): string {
  return errors.join(' ').split('\n')[0] ?? '';
}
