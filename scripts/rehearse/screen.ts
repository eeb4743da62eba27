import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** What a person watches: lines that stay, and on a terminal one line below them that changes. */
export interface Screen {
  print(line?: string): void;
  /** What is happening now; undefined when nothing is. Shown only on a terminal. */
  status(text: string | undefined): void;
  /** The text in a style, if colours are wanted. */
  styled(style: Style, text: string): string;
  /** Columns of the terminal; infinite when there is none. */
  readonly width: number;
  close(): void;
}

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const FRAME_MS = 100;
const ERASE_LINE = '\r\x1b[2K';

export function createScreen(stream: NodeJS.WriteStream): Screen {
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

  return {
    print(line = '') {
      erase();
      stream.write(`${line}\n`);
    },
    status(text) {
      if (!stream.isTTY) return;
      if (text === undefined) erase();
      status = text;
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
