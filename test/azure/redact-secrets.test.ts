import { redactSecrets, secretsOf } from '../../src/azure/redact-secrets.ts';

test.each([
  ['Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
  ['a token eyJhbGci.eyJzdWIi.c2ln in a text', 'a token [redacted] in a text'],
  ['an unsigned token eyJhbGci.eyJzdWIi. too', 'an unsigned token [redacted] too'],
  ['client_secret=a~b&grant_type=x', 'client_secret=[redacted]&grant_type=x'],
  ['{"access_token":"abc","expires_in":1}', '{"access_token":"[redacted]","expires_in":1}'],
  ['client_assertion: abc', 'client_assertion: [redacted]'],
  ['https://x.example/?sv=1&sig=abc%3D&se=2', 'https://x.example/?sv=1&sig=[redacted]&se=2'],
  ['proxy http://name:pass%40word@proxy:8080/', 'proxy http://name:[redacted]@proxy:8080/'],
  ['proxy http://:password@proxy', 'proxy http://:[redacted]@proxy'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- rest',
    '-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY----- rest',
  ],
  ['-----BEGIN PRIVATE KEY-----\nMII', '-----BEGIN PRIVATE KEY-----[redacted]'],
  ['the password is wrong, https://x.example:443/a@b', 'the password is wrong, https://x.example:443/a@b'],
])('%j is shown as %j', (text, shown) => {
  expect(redactSecrets(text)).toBe(shown);
});

test('known secrets are taken out wherever they stand', () => {
  expect(redactSecrets('a s3cr3t! s3cr3t!', ['s3cr3t!'])).toBe('a [redacted] [redacted]');
});

test('the secrets of an environment are those that a sign-in uses, if they are long enough to be any', () => {
  expect(
    secretsOf({
      AZURE_CLIENT_SECRET: 'client-secret',
      AZURE_CLIENT_CERTIFICATE_PASSWORD: 'pw',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
      AZURE_CLIENT_ID: 'client-id',
      PATH: '/usr/bin',
    }),
  ).toEqual(['client-secret', 'request-token']);
});
