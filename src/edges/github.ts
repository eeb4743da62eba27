/** GitHub's API, as the token of the job may use it. Each request is sent once: nothing there is worth a second try. */
export async function openGithub(token: string, signal: AbortSignal) {
  // Loaded by those runs alone that need it: it takes longer than all else at the start. Eager: in the bundle's one file.
  const { getOctokit } = await import(/* webpackMode: "eager" */ '@actions/github');
  return getOctokit(token, { request: { signal } });
}

/** Why GitHub did not do something. */
export interface GithubTrouble {
  /** In one short sentence without a full stop. May be GitHub's words, or those of a proxy: untrusted. */
  readonly reason: string;
  /** Whether the token has not the permission, or there is nothing that it can see. */
  readonly isForbidden: boolean;
}

const LONGEST_REASON = 200;

/** What an error of GitHub's client comes to; one without an answer has a status too, which is not GitHub's. */
export function troubleOf(error: unknown): GithubTrouble {
  const { message, status, response, cause } = error as Partial<Error> & { status?: number; response?: unknown };
  if ((cause as Partial<Error> | undefined)?.name === 'TimeoutError') {
    return { reason: 'GitHub did not answer in time', isForbidden: false };
  }
  const words = (message ?? String(error)).split(/\r?\n/, 1)[0]?.slice(0, LONGEST_REASON) ?? '';
  if (response === undefined) return { reason: `GitHub could not be asked: ${words}`, isForbidden: false };
  return {
    reason: `GitHub answered ${status}: ${words}`,
    isForbidden: (status === 401 || status === 403 || status === 404) && !/rate limit/i.test(words),
  };
}
