import { BROKEN, contactApp, readme } from './app.ts';
import { askApp, commit, createSpace, runtimeOf, type Seen, stagesOf, untilRunning, watch } from './contact.ts';
import { type Finding, type FirstBuild, notAsked, other, type Place, type Question, reading } from './finding.ts';
import { said } from './static-questions.ts';

/** Stages that huggingface_hub knows, and two that are in the Hub's own answers (hub-contract §13.1). */
const KNOWN =
  /^(?:NO_APP_FILE|CONFIG_ERROR|BUILDING|BUILD_ERROR|(?:RUNNING_)?(?:BUILDING|APP_STARTING)|RUNNING|RUNTIME_ERROR|DELETING|STOPPED|PAUSED|SLEEPING)$/;
const isBuilding = ({ stage }: Seen) => /BUILDING/.test(stage);

/** What one docker app answers; in this order, since each begins with what the one before has left. */
export const DOCKER_QUESTIONS: readonly Question[] = [
  {
    number: 'U17',
    needs: 'docker',
    async ask(place) {
      const { stage } = await firstBuild(place);
      if (stage === 'NO_APP_FILE') return reading('a', stage);
      return /BUILDING/.test(stage) ? reading('b', stage) : other(stage);
    },
  },
  {
    number: 'U9',
    needs: 'docker',
    async ask(place) {
      const { logLine } = await firstBuild(place);
      if (logLine === undefined) return reading('c', 'no line while it was built');
      return /Commit SHA: [0-9a-f]{7}/.test(logLine) ? reading('a', logLine) : reading('b', logLine);
    },
  },
  {
    number: 'U16',
    needs: 'docker',
    async ask(place) {
      const { stages } = await firstBuild(place);
      const unknown = stages.filter((stage) => !KNOWN.test(stage));
      return reading(unknown.length === 0 ? 'a' : 'b', stages.join(', '));
    },
  },
  {
    number: 'U1',
    needs: 'docker',
    async ask(place) {
      await firstBuild(place);
      const { json } = await place.contact.hub.send({ to: `/api/spaces/${place.app}?expand=runtime` });
      const runtime = json['runtime'] as Readonly<Record<string, unknown>> | undefined;
      if (runtime === undefined) return other('no runtime at all');
      return runtime['sha'] === undefined ? reading('a', 'no sha') : reading('b', 'a sha');
    },
  },
  {
    number: 'U4',
    needs: 'docker',
    async ask(place) {
      await firstBuild(place);
      const { headers, status } = await askApp(place.contact, place.app);
      const replica = headers.get('x-proxied-replica');
      return replica === null ? reading('b', `${status} without it`) : reading('a', replica);
    },
  },
  { number: 'U21', needs: 'database', ask: askPorts },
  { number: 'U3', needs: 'docker', ask: askSettings },
  { number: 'U12', needs: 'docker', ask: askRebuild },
  { number: 'U2', needs: 'docker', ask: askReadme },
  { number: 'U18', needs: 'docker', ask: askDevMode },
  { number: 'U10', needs: 'docker', ask: askFailedBuild },
  { number: 'U24', needs: 'docker', ask: askSettingsInError },
  {
    number: 'U15',
    needs: 'docker',
    async ask({ contact }) {
      const id = contact.name('zero');
      const made = await createSpace(contact, id, { sdk: 'gradio', hardware: 'zerogpu' });
      if (made.status !== 200) return notAsked(`this owner may not have ZeroGPU: ${said(made)}`);
      const { json } = await contact.hub.send({ to: `/api/spaces/${id}/runtime` });
      const { requested, current } = json['hardware'] as Readonly<Record<string, string | null>>;
      const flavor = requested ?? current ?? 'nothing';
      const letter = { 'zero-a10g': 'a', zerogpu: 'b' }[flavor];
      return letter === undefined ? other(flavor) : reading(letter, flavor);
    },
  },
];

/** Makes the app and builds it, once for all questions. */
async function firstBuild(place: Place): Promise<FirstBuild> {
  place.first ??= await build(place);
  return place.first;
}

async function build({ contact, app }: Place): Promise<FirstBuild> {
  const made = await createSpace(contact, app, { sdk: 'docker' });
  if (made.status !== 200) throw new Error(`the docker Space could not be made: ${said(made)}`);
  const { stage } = await runtimeOf(contact, app);
  const sha = await commit(contact, app, contactApp(1));
  const begun = await watch(contact, app, contact.patience.buildMs, (all) => all.some(isBuilding));
  const log = { line: undefined as string | undefined, looksAfter: 0 };
  const reading = contact.hub.firstLogLine(`/api/spaces/${app}/logs/build`, contact.patience.buildMs);
  void reading.then((line) => Object.assign(log, { line })).catch(() => undefined);
  const rest = await watch(contact, app, contact.patience.buildMs, (all) => {
    const goesOn = all.slice(-1).some(isBuilding);
    if (goesOn && log.line !== undefined) log.looksAfter++;
    return !goesOn;
  });
  // The answer to one look may have been on its way when the line came.
  const logLine = log.looksAfter > 1 ? log.line : undefined;
  const end = await untilRunning(contact, app, sha);
  const stages = [...new Set([...begun, ...rest, ...end].map((seen) => seen.stage))];
  return { stage, stages, logLine };
}

async function startOf(place: Place): Promise<string | undefined> {
  const start = (await askApp(place.contact, place.app)).json['start'];
  return typeof start === 'string' ? start : undefined;
}

async function setVariable({ contact: { hub }, app }: Place, value: string): Promise<void> {
  const body = { key: 'GREETING', value };
  await hub.send({ method: 'POST', to: `/api/spaces/${app}/variables`, body });
}

/** Changes a variable, and looks at the stage and at the process until there is another one. */
async function changeVariable(place: Place, value: string): Promise<readonly Seen[]> {
  await firstBuild(place);
  const { contact, app } = place;
  await setVariable(place, value);
  const limitMs = contact.patience.quietMs + contact.patience.buildMs;
  return watch(contact, app, limitMs, async (all) => {
    if (all.at(-1)?.stage !== 'RUNNING') return false;
    return (await askApp(contact, app)).json['greeting'] === value;
  });
}

async function askSettings(place: Place): Promise<Finding> {
  const seen = await changeVariable(place, 'one');
  const moved = seen.find(({ stage }) => stage !== 'RUNNING');
  const isNew = (await startOf(place)) !== undefined;
  if (moved === undefined) return isNew ? reading('c', 'only the process is another') : other('the app is away');
  const saw = `${moved.stage} after ${(moved.afterMs / 1_000).toFixed(1)} s`;
  return reading(moved.afterMs <= place.contact.patience.atOnceMs ? 'a' : 'b', saw);
}

async function askRebuild(place: Place): Promise<Finding> {
  const seen = await changeVariable(place, 'two');
  const saw = stagesOf(seen);
  if (seen.every(({ stage }) => stage === 'RUNNING')) return notAsked('the stage did not move, which hides a build');
  return reading(seen.some(isBuilding) ? 'b' : 'a', saw);
}

async function askReadme(place: Place): Promise<Finding> {
  await firstBuild(place);
  const { contact, app } = place;
  const sha = await commit(contact, app, { 'README.md': readme('Renamed') });
  const seen = await watch(contact, app, contact.patience.quietMs, (all) =>
    all.some((each) => isBuilding(each) || each.sha === sha),
  );
  const saw = stagesOf(seen);
  if (seen.some(isBuilding)) {
    await untilRunning(contact, app, sha);
    return reading('a', saw);
  }
  return seen.some((each) => each.sha === sha) ? reading('c', saw) : reading('b', saw);
}

async function askDevMode(place: Place): Promise<Finding> {
  await firstBuild(place);
  const { contact, app } = place;
  const devMode = { method: 'POST', to: `/api/spaces/${app}/dev-mode` };
  const on = await contact.hub.send({ ...devMode, body: { enabled: true } });
  if (on.status !== 200) return notAsked(`this owner may not use dev mode: ${said(on)}`);
  await untilRunning(contact, app);
  const sha = await commit(contact, app, contactApp(2, 'Renamed'));
  const seen = await watch(contact, app, contact.patience.quietMs, (all) =>
    all.some((each) => isBuilding(each) || each.sha === sha),
  );
  await untilBuilt(place, sha, seen);
  await contact.hub.send({ ...devMode, body: { enabled: false } });
  await untilRunning(contact, app, sha);
  return reading(seen.some((each) => isBuilding(each) || each.sha === sha) ? 'b' : 'a', stagesOf(seen));
}

/** A build that has begun is waited for, so that the next question does not see its end. */
async function untilBuilt({ contact, app }: Place, sha: string, seen: readonly Seen[]): Promise<void> {
  if (seen.some(isBuilding)) await untilRunning(contact, app, sha);
}

async function askFailedBuild(place: Place): Promise<Finding> {
  await firstBuild(place);
  const { contact, app } = place;
  await commit(contact, app, BROKEN);
  const seen = await watch(contact, app, contact.patience.buildMs, (all) => all.at(-1)?.stage === 'BUILD_ERROR');
  const { sha, stage } = await runtimeOf(contact, app);
  if (stage !== 'BUILD_ERROR') return other(stagesOf(seen));
  const { status } = await askApp(contact, app);
  const saw = `the app answers ${status}, ${sha === undefined ? 'no sha' : 'a sha'}`;
  if (status === 200 && sha !== undefined) return reading('a', saw);
  return status !== 200 && sha === undefined ? reading('b', saw) : other(saw);
}

/** The question before has left it in an error. */
async function askSettingsInError(place: Place): Promise<Finding> {
  await firstBuild(place);
  const { contact, app } = place;
  const isError = ({ stage }: { readonly stage: string }) => stage.endsWith('_ERROR');
  const { stage } = await runtimeOf(contact, app);
  if (!isError({ stage })) return notAsked(`it is in ${stage}, and not in an error`);
  await setVariable(place, 'three');
  // A change of settings may take its time before anything shows (U3).
  const limitMs = 3 * contact.patience.quietMs;
  const seen = await watch(contact, app, limitMs, (all) => all.some((each) => !isError(each)));
  return reading(seen.every(isError) ? 'b' : 'a', stagesOf(seen));
}

async function askPorts(place: Place): Promise<Finding> {
  await firstBuild(place);
  const host = place.means.databaseHost ?? '';
  const { json } = await askApp(place.contact, place.app, `/ports?host=${encodeURIComponent(host)}`);
  const ports = json['ports'] as Readonly<Record<string, boolean>> | undefined;
  if (ports === undefined) return other('the app did not say');
  const saw = `5432 ${ports['5432'] ? 'opens' : 'does not open'}, 6543 ${ports['6543'] ? 'opens' : 'does not open'}`;
  if (ports['5432']) return ports['6543'] ? reading('c', saw) : other(saw);
  return reading(ports['6543'] ? 'a' : 'b', saw);
}
