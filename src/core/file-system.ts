/** The little of a file system that the library needs; cli/ gives the real one, tests give one in memory. */
export interface FileSystem {
  /** The bytes of a file. Rejects with a ToolError `file-missing` or `file-unreadable` that names the path and the reason. */
  readFile(path: string): Promise<Uint8Array>;
  /** The bytes of a file, or undefined where there is none. Rejects like `readFile` for any other failure. */
  readFileIfExists(path: string): Promise<Uint8Array | undefined>;
  /** Every file at or below a path (itself, if it is a file), sorted, with forward slashes. Rejects like `readFile`. */
  listFiles(path: string): Promise<readonly string[]>;
  /** Writes so that a reader sees the old or the new content, never a part. Rejects with a ToolError `state-unwritable`. */
  writeFileAtomic(path: string, content: string): Promise<void>;
  /** Removes a file; one that is not there is no error. Rejects with a ToolError `state-unwritable`. */
  removeFile(path: string): Promise<void>;
}
