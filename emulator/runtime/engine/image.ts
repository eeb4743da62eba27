import type { SiteImage } from '../image/image.ts';
import type { BuiltImage } from './engine.ts';

/** The image of a commit, whatever built it. */
export interface AppImage {
  readonly kind: 'app';
  readonly commit: string;
  readonly title: string | undefined;
  /** The Space's variables at the time of the build, which were its arguments. */
  readonly variables: Readonly<Record<string, string>>;
  readonly built: BuiltImage;
}

export type Image = AppImage | SiteImage;
