/** Takes the lines of a client that builds, and writes them to the log in the Hub's form. */
export interface BuildLog {
  line(line: string): void;
  /** Why the build failed, in BuildKit's words. */
  reason(): string;
}
