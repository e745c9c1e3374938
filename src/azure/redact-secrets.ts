const patterns = [
  /\b(Bearer\s+)[^\s"',;]+/gi,
  // A JSON Web Token, wherever it stands.
  /()\beyJ[\w-]+\.[\w-]+\.[\w-]*/g,
  /\b((?:client_secret|client_assertion|access_token|refresh_token|sig|password)["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
  // The password of a URL, such as a proxy's.
  /(:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g,
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?=-----END|$)/g,
];

/** Takes out what looks like a credential, and every one of the known secrets, from a text that will be shown. */
export function redactSecrets(text: string, known: readonly string[] = []): string {
  const withoutKnown = known.reduce((result, secret) => result.replaceAll(secret, '[redacted]'), text);
  return patterns.reduce((result, pattern) => result.replace(pattern, '$1[redacted]'), withoutKnown);
}

const secretVariables = [
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
] as const;

/** Shorter values would take ordinary words out of a text, and are no secrets that anyone issues. */
const shortestSecret = 6;

/** The secrets that a sign-in may take from the environment. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return secretVariables.map((name) => env[name] ?? '').filter((value) => value.length >= shortestSecret);
}
