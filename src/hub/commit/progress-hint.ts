import type { StreamedBody } from '../http/call.ts';

/** How @huggingface/hub asks the `fetch` that it is given for progress: beside the other options of a request. */
interface ProgressHint {
  /** Takes how much of the file is sent, from 0 to 1. */
  readonly progressCallback: (progress: number) => void;
  /** Number of this part, from 0, where the file is sent in parts; they share one `progressCallback`. */
  readonly part?: number | undefined;
  readonly numParts?: number | undefined;
}

/** Answers the library's wish to know how far an upload is, for the requests of one `fetch`. */
export function createProgressHints(): (body: StreamedBody, init: unknown) => StreamedBody {
  /** Of each file in parts: how much of each part is sent. */
  const files = new WeakMap<ProgressHint['progressCallback'], Map<number, number>>();

  const tell = ({ progressCallback, part, numParts = 1 }: ProgressHint, sent: number) => {
    if (part === undefined) return progressCallback(sent);
    const parts = files.get(progressCallback) ?? new Map<number, number>();
    files.set(progressCallback, parts.set(part, sent));
    progressCallback([...parts.values()].reduce((sum, each) => sum + each, 0) / numParts);
  };

  return (body, init) => {
    const hint = hintOf(init);
    if (hint === undefined || body.length === 0) return body;
    return { length: body.length, stream: () => counted(body, (bytes) => tell(hint, bytes / body.length)) };
  };
}

/** A body that is sent again is counted again from its beginning. */
async function* counted(body: StreamedBody, onBytes: (sent: number) => void): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for await (const chunk of body.stream()) {
    yield chunk;
    sent += chunk.length;
    onBytes(sent);
  }
}

function hintOf(init: unknown): ProgressHint | undefined {
  const hint = (init as { readonly progressHint?: Partial<ProgressHint> } | undefined)?.progressHint;
  return typeof hint?.progressCallback === 'function' ? (hint as ProgressHint) : undefined;
}
