import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** What a person watches: lines that stay, and on a terminal one line below them that changes. */
export interface Screen {
  print(line?: string): void;
  /** What is happening now; undefined when nothing is. Shown only on a terminal. */
  status(text: string | undefined): void;
  /** The same for what goes on within a long step; without a terminal it is a line, where there was none for a while. */
  progress(text: string): void;
  /** The text in a style, if colours are wanted. */
  styled(style: Style, text: string): string;
  /** Columns of the terminal; infinite when there is none. */
  readonly width: number;
  close(): void;
}

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 100;
/** Without a line for so long, one wonders whether it still runs. */
const QUIET_MS = 5_000;
const ERASE_LINE = '\r\x1b[2K';

export function createScreen(stream: NodeJS.WriteStream, now: () => number = Date.now): Screen {
  let printedAt = now();
  let status: string | undefined;
  let frame = 0;

  const draw = () => {
    if (status === undefined) return;
    const text = `${FRAMES[frame++ % FRAMES.length]} ${status}`.slice(0, stream.columns - 1);
    stream.write(ERASE_LINE + styleText('dim', text, { stream }));
  };
  const erase = () => {
    if (status !== undefined) stream.write(ERASE_LINE);
  };
  const timer = stream.isTTY ? setInterval(draw, FRAME_MS).unref() : undefined;

  const print = (line = '') => {
    erase();
    stream.write(`${line}\n`);
    printedAt = now();
  };
  const setStatus = (text: string | undefined) => {
    if (!stream.isTTY) return;
    if (text === undefined) erase();
    status = text;
  };

  return {
    print,
    status: setStatus,
    progress(text) {
      if (stream.isTTY) setStatus(text);
      else if (now() - printedAt >= QUIET_MS) print(`${' '.repeat(12)}${text}`);
    },
    styled: (style, text) => styleText(style, text, { stream }),
    get width() {
      return stream.isTTY ? stream.columns : Number.POSITIVE_INFINITY;
    },
    close() {
      erase();
      status = undefined;
      clearInterval(timer);
    },
  };
}
