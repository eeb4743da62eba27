/**
 * What is not established about the Hub, and how it may be (hub-contract §24). The local Hub plays one reading of each
 * question, so that a client can be tested with all of them.
 */
export const READINGS = {
  U1: { a: 'space info has a runtime without sha', b: 'space info has a runtime with sha' },
  U2: {
    a: 'a commit of README.md alone is built',
    b: 'such a commit changes neither stage nor sha',
    c: 'such a commit is a restart without a build, and the sha moves',
  },
  U3: {
    a: 'after a change of settings the stage moves at once',
    b: 'it moves after pace.settingsLagMs',
    c: 'it never moves, only the process changes',
  },
  U4: { a: 'answers of an app have x-proxied-replica', b: 'they have not' },
  U5: {
    a: 'a protected Space reads back as protected and not private',
    b: 'it has no visibility and is private',
    c: 'it has no visibility and is not private',
  },
  U6: {
    a: "a publisher's token may commit, and gets 403 for settings, restart, logs and hardware",
    b: 'it may do what a write token may',
    c: 'as a, and 403 for the names of secrets',
  },
  U7: { a: "the proxy of a private app refuses a publisher's token", b: 'it accepts one' },
  U8: {
    a: "a publisher's workflow is the name of the file",
    b: 'it is the title of the workflow',
    c: 'it may be either',
  },
  U9: {
    a: 'the build log begins with a line that has the short sha',
    b: 'that line has no sha',
    c: 'there is no log until the build has ended',
  },
  U10: {
    a: 'after a failed build the old version serves, and its sha is shown',
    b: 'nothing serves, and there is no sha',
  },
  U11: { a: '/host answers for every SDK', b: '/host is 404 for a static Space' },
  U12: { a: 'a change of variables restarts a docker Space', b: 'it rebuilds the Space' },
  U13: { a: 'every answer has rate limit headers', b: 'no answer has them, and 429 is text' },
  U14: { a: 'an error is JSON', b: 'an error is text, and from 500 on a page of the edge' },
  U15: { a: 'zerogpu reads back as zero-a10g', b: 'it reads back as zerogpu' },
  U16: { a: 'only known stages come', b: 'RUNNING_CONTAINER_STARTING comes before a start' },
  U17: { a: 'a new Space is NO_APP_FILE', b: 'a new Space is BUILDING for pace.buildMs' },
  U18: { a: 'a Space in dev mode keeps running its old commit', b: 'a commit is built as always' },
  U19: { a: 'the former id of a moved Space redirects', b: 'the former id is 404' },
  U20: { a: 'large files go by LFS', b: 'JavaScript is sent to Xet' },
  U21: {
    a: "apps reach port 6543 of Supabase's pooler, and not 5432",
    b: 'apps reach no ports but 80, 443 and 8080',
    c: 'apps reach every port',
  },
  U22: {
    a: 'a download is answered at once',
    b: 'it is a redirect, for large files to another host',
  },
  U23: {
    a: 'a change whose answer no source shows is answered with JSON',
    b: 'it is answered with the text OK',
    c: 'it is answered with 204 and no body',
  },
  U24: {
    a: 'a change of settings restarts a Space that is in an error',
    b: 'such a Space stays in its error until it is restarted, or built from another commit',
  },
} as const;

export type Question = keyof typeof READINGS;

/** One reading of each question. */
export type Readings = { readonly [Q in Question]: keyof (typeof READINGS)[Q] };

/** Readings of some questions; the others keep their default. */
export type ChosenReadings = { readonly [Q in Question]?: Readings[Q] | undefined };

/** The readings of a Hub for which none were chosen: the first ones, with one exception. */
export const DEFAULT_READINGS: Readings = {
  U1: 'a',
  U2: 'a',
  U3: 'a',
  U4: 'a',
  U5: 'a',
  U6: 'a',
  U7: 'a',
  U8: 'a',
  U9: 'a',
  U10: 'a',
  U11: 'a',
  U12: 'a',
  U13: 'a',
  U14: 'a',
  U15: 'a',
  U16: 'a',
  U17: 'a',
  U18: 'a',
  U19: 'a',
  U20: 'a',
  // Apps are processes of this machine, and reach what it reaches.
  U21: 'c',
  U22: 'a',
  U23: 'a',
  U24: 'a',
};

/** The chosen readings, and the default of every other question. Throws on one that does not exist. */
export function chooseReadings(chosen: ChosenReadings = {}): Readings {
  for (const [question, reading] of Object.entries(chosen)) {
    if (reading !== undefined) checkReading(question, reading);
  }
  const given = Object.entries(chosen).filter(([, reading]) => reading !== undefined);
  return { ...DEFAULT_READINGS, ...Object.fromEntries(given) };
}

function checkReading(question: string, reading: string): void {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = READINGS;
  const readings = known[question];
  if (readings === undefined) {
    throw new Error(`There is no question ${question}; the questions are ${Object.keys(known).join(', ')}`);
  }
  if (readings[reading] === undefined) {
    throw new Error(`${question} has no reading "${reading}"; it has ${Object.keys(readings).join(', ')}`);
  }
}
