import type { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import type { Visibility } from './space.ts';

const visibilities: readonly Visibility[] = ['public', 'private', 'protected'];

/** `visibility`, or the older `private`; both together are refused (hub-contract §5.1). */
export function readVisibility(body: Fields): Visibility | undefined {
  const name = body.optionalText('visibility');
  const isPrivate = body.flag('private');
  if (name !== undefined && isPrivate !== undefined) throw badRequest('Use either "visibility" or "private", not both');
  if (isPrivate !== undefined) return isPrivate ? 'private' : 'public';
  if (name === undefined) return undefined;
  const visibility = visibilities.find((one) => one === name);
  if (!visibility) throw badRequest(`"visibility" must be one of [${visibilities.join(', ')}]`);
  return visibility;
}
