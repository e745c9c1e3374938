/** Why the tool stopped. Content problems are diagnostics; these are everything else. All end in exit code 2. */
export type ToolErrorCode =
  | 'usage'
  | 'config-invalid'
  | 'content-invalid'
  | 'environment-unknown'
  | 'file-missing'
  | 'file-unreadable'
  | 'state-unwritable'
  | 'state-damaged'
  | 'authentication-failed'
  | 'authorization-failed'
  | 'service-error'
  | 'service-conflict'
  | 'service-throttled'
  | 'name-held-back'
  | 'workspace-mismatch'
  | 'network-failed'
  | 'protocol-error'
  | 'cancelled'
  | 'confirmation-needed'
  | 'limit-exceeded'
  | 'plan-invalid'
  | 'plan-outdated'
  | 'state-in-use'
  | 'installation-incomplete'
  | 'internal';

export interface ToolErrorOptions {
  readonly cause?: unknown;
  /** What the user can do about it. */
  readonly hint?: string;
}

/** An error that stops the tool. `message` starts lower-case, quotes the wrong value and holds no secret. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: ToolErrorCode;
  readonly hint: string | undefined;

  constructor(code: ToolErrorCode, message: string, options: ToolErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
