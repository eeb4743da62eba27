/**
 * The commands that GitHub's runner would obey in a log: `::name …::` at the start of a line, `##[name]` anywhere in
 * one, where a carriage return begins a line too; none while they are suspended.
 */
export function obeyedCommands(log: string): readonly string[] {
  const obeyed: string[] = [];
  let resume: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const [, name, text = ''] = /^\s*::([^\s:]+)[^:]*::(.*)$/.exec(line) ?? [];
    if (resume !== undefined) {
      if (name === resume) resume = undefined;
      continue;
    }
    if (name === 'stop-commands') resume = text;
    else if (name !== undefined) obeyed.push(name);
    obeyed.push(...[...line.matchAll(/##\[([\w-]+)[^\]]*\]/g)].map(([command]) => command));
  }
  return obeyed;
}

/** What a browser makes of the entities of a summary. */
export function withoutEntities(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
