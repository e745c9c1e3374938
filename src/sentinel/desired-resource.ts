import type { AlertRule, SavedSearch } from './resource.ts';

/** A resource that the repository describes for one environment: the output of compile/, the input of plan/. */
export interface DesiredResource {
  readonly kind: 'alertRule' | 'savedSearch';
  /** Resource name in the workspace. */
  readonly name: string;
  readonly displayName: string;
  readonly detection: DetectionRef;
  readonly body: AlertRule | SavedSearch;
}

/** Which detection a resource comes from. */
export interface DetectionRef {
  readonly id: string;
  readonly file: string;
  readonly version?: string;
}
