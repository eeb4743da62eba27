import { plainLine } from '../base/plain-line.ts';
import type { Plan } from '../plan/plan.ts';
import { counted, priceOf } from './amounts.ts';
import { stepLines } from './steps.ts';

/** A plan as lines of the log. One that continues what was shown already is kept short. */
export function planLines({ steps, card, restarts, hardware }: Plan, isContinued: boolean): readonly string[] {
  const costs =
    hardware === undefined ? [] : [`Hardware: ${[hardware.flavor, priceOf(hardware)].filter(Boolean).join(', ')}.`];
  if (steps.length === 0) return ['Nothing to change.', ...(isContinued ? [] : costs)];
  if (isContinued) return steps.flatMap((step) => stepLines(step).slice(0, 1));
  const builds = restarts.filter(({ kind }) => kind === 'build').length;
  const starts = restarts.length - builds;
  const went = [
    ...(builds > 0 ? ['is rebuilt and restarted'] : []),
    ...(starts > 0 ? [`is restarted by ${counted(starts, 'change', 'changes')} of settings or a restart`] : []),
  ];
  return [
    ...steps.flatMap(stepLines),
    ...card.map(({ key, from, to }) =>
      plainLine(`  card ${key}: ${JSON.stringify(from) ?? 'nothing'} -> ${JSON.stringify(to) ?? 'nothing'}`),
    ),
    ...costs,
    ...(went.length > 0 ? [`The app ${went.join(', and ')}.`] : []),
  ];
}
