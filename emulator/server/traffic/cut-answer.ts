import { Readable, Transform } from 'node:stream';

/** An answer that breaks off in the middle: the first half of these bytes, then `breakOff`. */
export function cutBuffer(body: Buffer, breakOff: () => void): Readable {
  return Readable.from(firstHalf(body, breakOff), { objectMode: false });
}

async function* firstHalf(body: Buffer, breakOff: () => void): AsyncGenerator<Buffer> {
  yield body.subarray(0, Math.floor(body.length / 2));
  // The half must reach the client before the connection goes.
  await new Promise((resolve) => setTimeout(resolve, 20));
  breakOff();
}

/** The same for a stream: half of its first chunk is sent. */
export function cutStream(breakOff: () => void): Transform {
  let cut = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (cut) return done();
      cut = true;
      setTimeout(breakOff, 20);
      done(null, chunk.subarray(0, Math.floor(chunk.length / 2)));
    },
  });
}
