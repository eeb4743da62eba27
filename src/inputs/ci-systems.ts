type Env = Readonly<Record<string, string | undefined>>;

/** What a CI system says of one run; absent where it does not say it. */
export interface CiRun {
  /** `owner/name`, as the system calls the repository. */
  readonly repository?: string | undefined;
  /** A number that grows with each run. */
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly isPublic?: boolean | undefined;
  readonly pullRequest?: number | undefined;
  /** Whether a person asked for this very run. */
  readonly isManual: boolean;
  readonly commit?: string | undefined;
}

/** A CI system other than GitHub Actions, and how it tells about a run. */
export interface CiSystem {
  readonly name: string;
  /** The variable that is set in each of its runs, and in no other. */
  readonly sign: string;
  read(env: Env): CiRun;
}

/** The CI systems besides GitHub Actions, whose runs are read from what each sets for every job. */
const CI_SYSTEMS: readonly CiSystem[] = [
  {
    // https://docs.gitlab.com/ci/variables/predefined_variables/
    name: 'GitLab CI/CD',
    sign: 'GITLAB_CI',
    read: (env) => ({
      repository: text(env['CI_PROJECT_PATH']),
      // All jobs of a pipeline have its number, also those that are tried again.
      id: text(env['CI_PIPELINE_ID']),
      url: text(env['CI_PIPELINE_URL']),
      isPublic: env['CI_PROJECT_VISIBILITY'] ? env['CI_PROJECT_VISIBILITY'] === 'public' : undefined,
      pullRequest: number(env['CI_MERGE_REQUEST_IID']),
      isManual: env['CI_JOB_MANUAL'] === 'true' || env['CI_PIPELINE_SOURCE'] === 'web',
      commit: text(env['CI_COMMIT_SHA']),
    }),
  },
  {
    // https://circleci.com/docs/reference/variables/
    name: 'CircleCI',
    sign: 'CIRCLECI',
    read: (env) => ({
      repository: both(env['CIRCLE_PROJECT_USERNAME'], env['CIRCLE_PROJECT_REPONAME']),
      // The number of the job: one that is started again gets a higher one, so it is never overtaken.
      id: text(env['CIRCLE_BUILD_NUM']),
      url: text(env['CIRCLE_BUILD_URL']),
      pullRequest: number(env['CIRCLE_PR_NUMBER'] || env['CIRCLE_PULL_REQUEST']?.split('/').at(-1)),
      isManual: false,
      commit: text(env['CIRCLE_SHA1']),
    }),
  },
  {
    // https://support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets/
    name: 'Bitbucket Pipelines',
    sign: 'BITBUCKET_BUILD_NUMBER',
    read: (env) => ({
      repository: text(env['BITBUCKET_REPO_FULL_NAME']),
      id: text(env['BITBUCKET_BUILD_NUMBER']),
      url: bitbucketUrl(env['BITBUCKET_REPO_FULL_NAME'], env['BITBUCKET_BUILD_NUMBER']),
      isPublic: env['BITBUCKET_REPO_IS_PRIVATE'] ? env['BITBUCKET_REPO_IS_PRIVATE'] === 'false' : undefined,
      pullRequest: number(env['BITBUCKET_PR_ID']),
      isManual: Number(env['BITBUCKET_STEP_RUN_NUMBER'] ?? 1) > 1,
      commit: text(env['BITBUCKET_COMMIT']),
    }),
  },
];

/** The CI system that this run is in; undefined on GitHub Actions, and on a person's own machine. */
export function ciSystemOf(env: Env): CiSystem | undefined {
  if (env['GITHUB_ACTIONS'] === 'true' || env['GITHUB_RUN_ID']) return undefined;
  return CI_SYSTEMS.find(({ sign }) => (env[sign] ?? '') !== '');
}

function text(value: string | undefined): string | undefined {
  return value || undefined;
}

function number(value: string | undefined): number | undefined {
  return /^\d+$/.test(value ?? '') ? Number(value) : undefined;
}

function both(owner: string | undefined, name: string | undefined): string | undefined {
  return owner && name ? `${owner}/${name}` : undefined;
}

function bitbucketUrl(repository: string | undefined, build: string | undefined): string | undefined {
  return repository && build ? `https://bitbucket.org/${repository}/pipelines/results/${build}` : undefined;
}
