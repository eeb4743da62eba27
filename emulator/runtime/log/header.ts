/** The first line of a build log. Its short sha says which commit the log belongs to, if it has one (hub-contract §15). */
export function buildHeader(commit: string | undefined, at: Date): string {
  const sha = commit === undefined ? '' : ` / Commit SHA: ${commit.slice(0, 7)}`;
  return `===== Build Queued at ${wallClock(at)}${sha} =====`;
}

/** The first line of a run log (hub-contract §15). */
export function runHeader(at: Date): string {
  return `===== Application Startup at ${wallClock(at)} =====`;
}

function wallClock(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
