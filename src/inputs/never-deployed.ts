/** git takes `.git` in any case for its own; the clients of the Hub refuse the last one too (hub-contract §11). */
const NEVER = /(^|\/)\.[gG][iI][tT](\/|$)|^(\.github|\.cache\/huggingface)(\/|$)/;

/** Whether a path is never part of an app, so that no input takes it in: the files of git, of GitHub and of caches. */
export function isNeverDeployed(path: string): boolean {
  return NEVER.test(path);
}
