/** Where apps usually say how they are; the page of their documentation and their first one at last, which say less. */
const USUAL = ['/health', '/healthz', '/api/health', '/health/', '/_stcore/health', '/docs', '/'];

/** The first of the usual paths, but for the one that was asked, on which an app answers well; undefined for none. */
export async function otherPath(
  asked: string,
  isWell: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  const paths = USUAL.filter((path) => path !== asked);
  const well = await Promise.all(paths.map(isWell));
  return paths.find((_, index) => well[index]);
}
