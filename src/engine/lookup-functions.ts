/** Functions of KQL whose answers nobody has offline: a fixture gives them. */
export const lookupFunctions: ReadonlySet<string> = new Set(['geo_info_from_ip_address']);
