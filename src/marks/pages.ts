/** What follows the page of a repository in the address of a run, by CI system, or of a commit. */
const AFTER_REPOSITORY = [
  /\/actions\/runs\/[^/]*$/,
  /\/-\/(?:pipelines|jobs)\/\d+$/,
  /\/pipelines\/results\/\d+$/,
  /(?:\/-)?\/commits?\/[0-9a-f]+$/,
  // https://circleci.com/gh/acme/app/42: the page of the project at CircleCI.
  /(?<=^https:\/\/(?:app\.)?circleci\.com\/.+)\/\d+$/,
];

/** The page of the repository whose run or commit has this address; the address itself where nobody can tell. */
export function repositoryPage(url: string): string {
  return AFTER_REPOSITORY.reduce((rest, form) => rest.replace(form, ''), url);
}

/** The page of a commit in the repository that has this page; undefined at CircleCI, which has runs and no commits. */
export function commitPage(page: string, id: string): string | undefined {
  if (/^https:\/\/(?:app\.)?circleci\.com\//.test(page)) return undefined;
  return `${page}/${page.startsWith('https://bitbucket.org/') ? 'commits' : 'commit'}/${id}`;
}
