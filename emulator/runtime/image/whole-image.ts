import type { ImageFacts } from './image.ts';

/** What Debian's build packages bring, on which the images without `slim` in their names stand. */
const PROGRAMS = new Set(
  `autoconf automake bzip2 bzr c++ cc convert cpp curl dpkg-dev file g++ gcc git gpg hg identify ld libtool make mogrify
   mysql_config openssl patch perl pg_config pkg-config ps python3 scp ssh svn unzip wget xz`.split(/\s+/),
);

/** Whether an image may have this program although nothing here stands in for it. */
export function mayHave({ isSlim }: ImageFacts, program: string): boolean {
  return !isSlim && PROGRAMS.has(program);
}
