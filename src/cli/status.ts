import { plainLine } from '../base/plain-line.ts';
import { askHub } from './ask-hub.ts';
import { environmentsOf } from './environments-of.ts';
import { GREEN, RED } from './exit-code.ts';
import type { Machine } from './machine.ts';
import type { Order } from './order.ts';
import { isGreen, readStatus, type Status } from './read-status.ts';

/** Says what runs in a Space, or in that of each environment of spaceport.yml; 0 when all of it is new and healthy. */
export async function status(order: Order, machine: Machine): Promise<number> {
  const isNamed = order.inputs['space'] !== undefined || order.inputs['environment'] !== undefined;
  const environments = isNamed ? [] : await environmentsOf(order, machine);
  const orders =
    environments.length === 0
      ? [order]
      : environments.map((environment) => ({ ...order, inputs: { ...order.inputs, environment } }));
  let exitCode = GREEN;
  for (const each of orders) exitCode = Math.max(exitCode, await statusOfOne(each, machine));
  return exitCode;
}

async function statusOfOne(order: Order, machine: Machine): Promise<number> {
  return askHub(order, machine, async (session, inputs, print) => {
    const found = await readStatus(session, inputs);
    if (print.isJson) print.event(statusFields(found));
    else print.lines(statusLines(found).map(plainLine));
    return isGreen(found) ? GREEN : RED;
  });
}

/** A Space as lines for people. What others wrote in it is untrusted. Pure. */
function statusLines(status: Status): readonly string[] {
  const { space, environment, appUrl, stage, meaning, running, head, version, health } = status;
  const source = version?.sourceUrl ?? version?.sourceCommit;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['app', appUrl],
    ['stage', `${stage}: ${meaning}`],
    [
      'runs',
      running === undefined
        ? 'nothing'
        : `${running.slice(0, 7)}${version === undefined ? ', which is no deployment of ours' : `, a ${version.kind}`}`,
    ],
    ['source', source],
    ['since', version?.date],
    ['run', version?.runUrl],
    ['newest', running === head ? undefined : `${head.slice(0, 7)}, which does not run`],
    ['healthy', healthText(status)],
  ];
  const title = `${isGreen(status) ? '✓' : '✗'} ${space}${environment === undefined ? '' : ` (${environment})`}`;
  return [
    title,
    ...rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}${value}`])),
    ...(health === undefined || health.ok ? [] : [`  it says  ${health.excerpt.slice(0, 200)}`]),
  ];
}

function healthText({ health }: Status): string {
  if (health === undefined) return 'not asked: nothing serves, and asking would wake it';
  return `${health.ok ? 'yes' : 'no'}: ${health.status ?? 'no answer'}, ${health.message}`;
}

/** The same as the fields of an event. */
function statusFields(found: Status) {
  const { space, environment, appUrl, stage, running, head, version, health } = found;
  return {
    event: 'status',
    space,
    environment,
    appUrl,
    stage,
    running,
    head,
    since: version?.date,
    sourceCommit: version?.sourceCommit,
    sourceUrl: version?.sourceUrl,
    runUrl: version?.runUrl,
    healthy: health?.ok,
    health: health && { status: health.status, message: health.message },
  };
}
