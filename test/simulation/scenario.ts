/**
 * What one run of the simulation does, as plain data: it can be printed, cut down and run again. Nothing in it depends on the
 * outcome of an earlier step: targets are indexes that are taken modulo what is there.
 */
export interface Scenario {
  readonly seed: number;
  readonly service: ServiceSettings;
  /** The detections that the repository starts with. */
  readonly detections: readonly DetectionSeed[];
  readonly steps: readonly Step[];
}

/** How the service behaves, all through a scenario. */
export interface ServiceSettings {
  /** False: the service writes whatever etag is sent along. */
  readonly enforcesEtags: boolean;
  /** True: the name of an alert rule that was deleted less than a day ago is refused. */
  readonly refusesDeletedNames: boolean;
  readonly pageSize: number;
  /** Names of `rewrites` (rewrites.ts): what the service keeps otherwise than it was sent. */
  readonly rewrites: readonly string[];
}

export const detectionKinds = ['Scheduled', 'NRT', 'Hunting', 'IncidentCreation'] as const;
export type DetectionKind = (typeof detectionKinds)[number];

/** A detection that starts to exist. */
export interface DetectionSeed {
  readonly kind: DetectionKind;
  /** Values of fields: a name of `fieldVariants` (content.ts) and which of its variants. */
  readonly fields: Readonly<Record<string, number>>;
}

/** A change of the repository. `target` counts the detections. */
export type Edit =
  | { readonly do: 'set'; readonly target: number; readonly field: string; readonly variant: number }
  | { readonly do: 'change-kind'; readonly target: number; readonly kind: DetectionKind }
  | { readonly do: 'add'; readonly detection: DetectionSeed }
  | { readonly do: 'remove'; readonly target: number }
  /** The detection leaves the selection of the environment, or comes back. */
  | { readonly do: 'toggle-selection'; readonly target: number }
  /** Another file and another display name, the same id. */
  | { readonly do: 'rename'; readonly target: number };

/** What somebody else does in the workspace. `target` counts the resources that are there, whoever made them. */
export type Deed =
  | { readonly do: 'set'; readonly target: number; readonly field: string; readonly variant: number }
  | { readonly do: 'disable'; readonly target: number }
  /** The service switches a rule off after failures. */
  | { readonly do: 'auto-disable'; readonly target: number }
  | { readonly do: 'delete'; readonly target: number }
  /** Written again with other spellings of the same values. */
  | { readonly do: 'respell'; readonly target: number }
  | { readonly do: 'delete-metadata'; readonly target: number }
  /** Another repository says that the resource is its own. */
  | { readonly do: 'claim-metadata'; readonly target: number }
  | {
      readonly do: 'create';
      readonly kind: DetectionKind;
      readonly fields: Readonly<Record<string, number>>;
      /** Named like a detection of the repository, in capitals; undefined: a name of its own. */
      readonly like?: number;
      readonly mark: 'none' | 'content-hub' | 'other-owner';
    };

/** What goes wrong with a request of a run; `at` counts the requests of that run from 0. */
export interface Fault {
  readonly at: number;
  /** So many requests, one after the other. */
  readonly times: number;
  readonly kind:
    | 'throttled'
    | 'throttled-with-wait'
    | 'server-error'
    | 'unavailable'
    | 'reset'
    /** The service does what it was asked; the connection breaks before its answer. */
    | 'lost-response'
    /** The service does what it was asked; a proxy answers something else. */
    | 'garbled'
    /** The service does not do it; a proxy answers something else. */
    | 'intercepted';
}

/** From a request on, the service refuses requests for a kind of resource (undefined: all) and a method (undefined: all). */
export interface Denial {
  readonly at: number;
  readonly kind?: 'alertRules' | 'savedSearches' | 'metadata';
  readonly method?: 'GET' | 'PUT' | 'DELETE';
}

/** The process ends at a request: before the service got it, or before its answer came. */
export interface Crash {
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** One run of the tool. */
export interface Run {
  readonly what: 'deploy' | 'saved-plan' | 'rollback';
  readonly prune: boolean;
  readonly adopt: boolean;
  readonly maxDeletes: number;
  /** Deploys the repository as it was so many edits ago. */
  readonly age: number;
  /** For a rollback: which snapshot, counted back from the newest. */
  readonly snapshot: number;
  /** Decides in which order the service gets the requests that are under way at the same time. */
  readonly order: number;
  readonly faults: readonly Fault[];
  readonly denials: readonly Denial[];
  readonly crash?: Crash;
  /** Ctrl-C at a request. */
  readonly interruptAt?: number;
  /** What others do in the workspace right before a request of this run is handled. */
  readonly meddling: readonly { readonly at: number; readonly deed: Deed }[];
}

/** One step of a scenario. */
export type Step =
  | { readonly do: 'edit'; readonly edit: Edit }
  | { readonly do: 'deed'; readonly deed: Deed }
  | { readonly do: 'wait'; readonly hours: number }
  /** `plan --out`. */
  | { readonly do: 'save-plan'; readonly prune: boolean; readonly adopt: boolean }
  /** One run, or two at the same time. */
  | { readonly do: 'run'; readonly runs: readonly Run[] };
