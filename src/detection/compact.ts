type PresentKeys<Members> = {
  [Key in keyof Members]: undefined extends Members[Key] ? never : Key;
}[keyof Members];

/** An object type whose members that may be undefined may be absent instead. */
export type Compact<Members> = Pick<Members, PresentKeys<Members>> & {
  [Key in Exclude<keyof Members, PresentKeys<Members>>]?: Exclude<Members[Key], undefined>;
};

/** Leaves out the members that are undefined, so that there is one way to say that something is absent. */
export function compact<Members extends object>(members: Members): Compact<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Compact<Members>;
}
