/**
 * For `node --require`: in a process of its own, waits are a tenth as long, for as long as it lasts. What the clock shows
 * stays real, and so do deadlines: on a busy machine, answers take as long as they take.
 */
const TENTH = 10;
/** Milliseconds; no wait is cut to less: looking that often would keep the processor from everything else. */
const SHORTEST = 150;
/** undici counts its own deadlines in steps of this many milliseconds. */
const TICK_OF_UNDICI = 499;

const wait = globalThis.setTimeout;

globalThis.setTimeout = Object.assign((callback, ms, ...args) => wait(callback, shortened(ms), ...args), wait);

function shortened(ms) {
  return ms > SHORTEST && ms !== TICK_OF_UNDICI ? Math.max(SHORTEST, ms / TENTH) : ms;
}
