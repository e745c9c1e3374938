/** One thing that was looked at before a deploy, and how it is. */
export interface Checkup {
  /** Kebab-case and stable. */
  readonly id: string;
  /** What is looked at, such as `role assignments`. */
  readonly title: string;
  /** `unknown`: it could not be seen, which need not matter; `skipped`: an earlier failure stands before it. */
  readonly status: 'pass' | 'fail' | 'unknown' | 'skipped';
  /** What was seen. */
  readonly detail: string;
  /** What to do about a failure. */
  readonly remedy?: string;
}
