/** Why a name cannot be one of a repository (hub-contract §1); undefined when it can. */
export function repoNameProblem(name: string): string | undefined {
  if (!/^[\w.-]{1,96}$/.test(name)) return 'Repo name must be 1 to 96 characters of letters, digits, ".", "_" and "-"';
  if (/^[-.]|[-.]$/.test(name)) return 'Repo name must not start or end with "-" or "."';
  if (/--|\.\./.test(name)) return 'Repo name must not contain "--" or ".."';
  return name.endsWith('.git') ? 'Repo name must not end with ".git"' : undefined;
}
