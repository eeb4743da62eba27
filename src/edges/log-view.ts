import prettyMs from 'pretty-ms';
import type { Screen, Style } from './screen.ts';

/** A part of a log, as a person sees it. */
export type LogEvent =
  | { readonly kind: 'group'; readonly title: string }
  | { readonly kind: 'end-group' }
  | {
      readonly kind: 'annotation';
      readonly level: 'error' | 'warning' | 'notice';
      readonly title: string;
      readonly message: string;
    }
  /** `quoted`: written by somebody else. */
  | { readonly kind: 'line'; readonly text: string; readonly quoted: boolean };

const INDENT = ' '.repeat(12);
/** The action prints its own time before a stage; here, all lines use one clock. */
const OWN_TIME = /^ *(?:[\d.]+(?:ms|[smh]) )+ (?! )/;

interface Group {
  readonly title: string;
  readonly begun: number;
  titled: boolean;
  folded: number;
}

/**
 * Shows a log while it is written: the action's own lines, with the time since the first one. Lists and texts of others
 * are folded, as GitHub folds groups, unless the whole log is wanted.
 */
export function createLogView(screen: Screen, verbose: boolean): (event: LogEvent) => void {
  let firstAt: number | undefined;
  let group: Group | undefined;

  const since = () => {
    firstAt ??= Date.now();
    return Date.now() - firstAt;
  };
  const at = (ms: number, text: string) => screen.print(`${prettyMs(ms).padStart(10)}  ${text}`);

  const closeGroup = () => {
    if (group === undefined) return;
    const { titled, begun, title, folded } = group;
    const lines = screen.styled('dim', `${folded} ${folded === 1 ? 'line' : 'lines'} folded`);
    if (folded > 0 && titled) screen.print(`${INDENT}  ${lines}`);
    else if (!titled) at(begun, folded > 0 ? `${title} ${screen.styled('dim', '·')} ${lines}` : title);
    group = undefined;
  };

  const line = (text: string, quoted: boolean) => {
    if (group === undefined) {
      if (quoted) screen.print(`${INDENT}${screen.styled('dim', '│')} ${text}`);
      else at(since(), coloured(screen, text.replace(OWN_TIME, '')));
    } else if (!verbose && (quoted || text.startsWith(' ') || text === '')) {
      group.folded++;
      if (text.trim() !== '') screen.progress(`${group.title}: ${text.trim()}`);
    } else {
      if (!group.titled) at(group.begun, group.title);
      group.titled = true;
      screen.print(`${INDENT}  ${quoted ? `${screen.styled('dim', '│')} ` : ''}${text}`);
    }
  };

  return (event) => {
    since();
    switch (event.kind) {
      case 'group':
        closeGroup();
        group = { title: event.title, begun: since(), titled: false, folded: 0 };
        return screen.status(event.title);
      case 'end-group':
        return closeGroup();
      case 'annotation': {
        closeGroup();
        const [first = '', ...more] = [...(event.title === '' ? [] : [event.title]), ...event.message.split('\n')];
        const { style, sign } = SIGNS[event.level];
        at(since(), screen.styled(style, `${sign} ${first}`));
        for (const rest of more) screen.print(`${INDENT}  ${rest}`);
        return;
      }
      case 'line':
        if (group === undefined && !event.quoted) screen.status(event.text.replace(OWN_TIME, ''));
        return line(event.text, event.quoted);
      default:
        return event satisfies never;
    }
  };
}

const SIGNS = {
  error: { style: 'red', sign: '✗' },
  warning: { style: 'yellow', sign: '!' },
  notice: { style: 'blue', sign: 'i' },
} as const;

const COLOURS: readonly (readonly [RegExp, Style])[] = [
  [/.* \(from before this deployment\)$/, 'dim'],
  [/^[A-Z_]+_(ERROR|FILE)(?=:)/, 'red'],
  [/^RUNNING(?=:)/, 'green'],
  [/^[A-Z_]{5,}(?=:)/, 'cyan'],
  [/^health: 2\d\d/, 'green'],
  [/^health: (\d{3}|no answer)/, 'yellow'],
];

function coloured(screen: Screen, text: string): string {
  const found = COLOURS.find(([pattern]) => pattern.test(text));
  return found === undefined ? text : text.replace(found[0], (match) => screen.styled(found[1], match));
}
