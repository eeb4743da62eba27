import type { LogEvent } from '../../src/edges/log-view.ts';

/** Reads the log of one step line by line; a line that is only for the runner yields nothing. */
export type LogReader = (line: string) => LogEvent | undefined;

const COMMAND = /^\s*::([\w-]+)(?: (.*?))?::(.*)$/s;

/** A reader that remembers masks, and removes their values from everything that it returns. */
export function createLogReader(): LogReader {
  const masks = new Set<string>();
  let resume: string | undefined;

  const masked = (text: string) =>
    [...masks].sort((a, b) => b.length - a.length).reduce((left, mask) => left.replaceAll(mask, '***'), text);
  const plain = (line: string, quoted: boolean): LogEvent => ({ kind: 'line', text: masked(line), quoted });

  return (line) => {
    if (resume !== undefined) {
      if (line.trim() !== `::${resume}::`) return plain(line, true);
      resume = undefined;
      return undefined;
    }
    const [, command, properties = '', value = ''] = COMMAND.exec(line) ?? [];
    switch (command) {
      case undefined:
        return plain(line, false);
      case 'add-mask':
        for (const mask of decoded(value).split(/\r?\n/)) if (mask !== '') masks.add(mask);
        return undefined;
      case 'stop-commands':
        resume = value;
        return undefined;
      case 'group':
        return { kind: 'group', title: masked(decoded(value)) };
      case 'endgroup':
        return { kind: 'end-group' };
      case 'error':
      case 'warning':
      case 'notice':
        return {
          kind: 'annotation',
          level: command,
          title: masked(titleIn(properties)),
          message: masked(decoded(value)),
        };
      default:
        return undefined;
    }
  };
}

function titleIn(properties: string): string {
  const title = properties.split(',').find((property) => property.startsWith('title='));
  return decoded(title?.slice('title='.length) ?? '');
}

function decoded(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
