import { createHash } from 'node:crypto';
import { stringify } from 'yaml';
import { COLORS } from './check-card.ts';

/** What a README of a new Space depends on. */
export interface NewCard {
  readonly id: string;
  readonly sdk: string;
  /** Of gradio; a version of today when absent. */
  readonly sdkVersion?: string | undefined;
  readonly license?: string | undefined;
  readonly licenseName?: string | undefined;
  readonly licenseLink?: string | undefined;
  readonly shortDescription?: string | undefined;
}

const EMOJI = ['🚀', '🐳', '🌍', '📚', '🔥', '🐢', '⚡', '🎯'];
const GRADIO_VERSION = '6.31.0';
const REFERENCE = 'Check out the configuration reference at https://huggingface.co/docs/hub/spaces-config-reference\n';

/** The README that the Hub writes into every new Space (hub-contract §5.1). It chooses by chance; here the id decides. */
export function initialReadme(wanted: NewCard): string {
  const { id, sdk, sdkVersion = GRADIO_VERSION } = wanted;
  const [first = 0, second = 0, third = 0] = createHash('sha256').update(id).digest();
  const gradio = sdk === 'gradio' ? { sdk_version: sdkVersion, app_file: 'app.py' } : {};
  const card = {
    title: titleOf(id),
    emoji: EMOJI[first % EMOJI.length],
    colorFrom: COLORS[second % COLORS.length],
    colorTo: COLORS[third % COLORS.length],
    sdk,
    ...gradio,
    pinned: false,
    license: wanted.license,
    license_name: wanted.licenseName,
    license_link: wanted.licenseLink,
    short_description: wanted.shortDescription,
  };
  return `---\n${stringify(card, { keepUndefined: false })}---\n\n${REFERENCE}`;
}

/** `my-first_app` is My First App. */
function titleOf(id: string): string {
  const words = id.slice(id.indexOf('/') + 1).split(/[-_.]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}
