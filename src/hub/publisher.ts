/** What an ID token says of the job, as the settings of a Space ask for it; the Hub verifies it, nothing here does. */
export interface Claims {
  /** Name and value; of GitHub's as the settings ask for them, of others as the token has them. */
  readonly toEnter: readonly (readonly [name: string, value: string])[];
  /** Whether these are what the settings ask for; of providers other than GitHub that is not documented. */
  readonly isForm: boolean;
  /** What a person has to know about them besides; empty when nothing. */
  readonly hint: string;
}

/** Claims by which GitLab, CircleCI and Bitbucket tell their jobs apart, and nothing of persons. */
const OF_THE_JOB = [
  'iss',
  'sub',
  'project_path',
  'ref',
  'ref_type',
  'environment',
  'oidc.circleci.com/project-id',
  'oidc.circleci.com/vcs-ref',
  'repositoryUuid',
  'workspaceUuid',
];
const GITHUB = 'https://token.actions.githubusercontent.com';

/** Reads the claims of an ID token; none when it is not one. */
export function claimsOf(idToken: string): Claims {
  const claims = payloadOf(idToken);
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
  if (text('iss') !== GITHUB && text('repository') === '') {
    return {
      toEnter: entries(Object.fromEntries(OF_THE_JOB.map((name) => [name, text(name)]))),
      isForm: false,
      hint: '',
    };
  }
  const file = fileOf(text('workflow_ref'));
  const called = fileOf(text('job_workflow_ref'));
  return {
    toEnter: entries({ repository: text('repository'), workflow: file, branch: branchOf(text('ref')) }),
    isForm: true,
    hint: [
      branchHint(text('ref')),
      calledHint(file, called, text('job_workflow_ref')),
      titleHint(file, text('workflow')),
    ]
      .filter(Boolean)
      .join(' '),
  };
}

function payloadOf(idToken: string): Readonly<Record<string, unknown>> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
    return typeof payload === 'object' && payload !== null ? (payload as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

function entries(values: Readonly<Record<string, string>>): Claims['toEnter'] {
  return Object.entries(values).filter(([, value]) => value !== '');
}

/** `ci.yml` of `owner/name/.github/workflows/ci.yml@refs/heads/main`: the Hub wants the file, not the title (hub-contract §4.2). */
function fileOf(workflowRef: string): string {
  return /([^/@]+)@/.exec(workflowRef)?.[1] ?? '';
}

/** `branch` is made of `ref` by the Hub: tags and pull requests have none (hub-contract §4.2). */
function branchOf(ref: string): string {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? '';
}

function branchHint(ref: string): string | undefined {
  if (ref === '' || branchOf(ref) !== '') return undefined;
  const what = ref.startsWith('refs/tags/') ? 'a tag' : ref.startsWith('refs/pull/') ? 'a pull request' : ref;
  return `This run is for ${what}, which has no branch: leave \`branch\` empty there.`;
}

function calledHint(file: string, called: string, jobWorkflowRef: string): string | undefined {
  if (called === '' || called === file) return undefined;
  return `The job itself is in the reusable workflow ${jobWorkflowRef.split('@')[0]}; \`workflow\` is the file that was started, ${file}.`;
}

/** That it is the file is documented, but no exchange was seen live (hub-contract §24, U8). */
function titleHint(file: string, title: string): string | undefined {
  if (title === '' || title === file) return undefined;
  return `If that is still refused, try the title of the workflow, ${title}, in place of the file.`;
}
