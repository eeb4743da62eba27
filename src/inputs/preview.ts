/** Whether an environment is that of a pull request, whose code nobody has approved yet: their names begin alike. */
export function isPreview(environment: string): boolean {
  return environment.startsWith('preview-');
}
