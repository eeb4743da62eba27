/** The first line of a build log; its short sha says which commit the log belongs to (hub-contract §15). */
export function buildHeader(commit: string, at: Date): string {
  return `===== Build Queued at ${wallClock(at)} / Commit SHA: ${commit.slice(0, 7)} =====`;
}

/** The first line of a run log (hub-contract §15). */
export function runHeader(at: Date): string {
  return `===== Application Startup at ${wallClock(at)} =====`;
}

function wallClock(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}
