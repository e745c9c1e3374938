import { X509Certificate } from 'node:crypto';
import { get } from 'node:https';
import { createServerCertificates } from '../../src/emulator/certificates.ts';
import { startServer } from '../../src/emulator/server.ts';
import { createTestEmulator } from '../support/emulator.ts';

const hosts = ['localhost', '127.0.0.1', '::1'];

test('the certificate is for every host, signed by the authority, and valid now', async () => {
  const now = new Date();
  const { ca, cert } = await createServerCertificates({ hosts, now });
  const [authority, certificate] = [new X509Certificate(ca), new X509Certificate(cert)];
  expect(certificate.verify(authority.publicKey)).toBe(true);
  expect([authority.ca, certificate.ca]).toEqual([true, false]);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBe('::1');
  expect(certificate.checkHost('example.com')).toBeUndefined();
  expect(Date.parse(certificate.validFrom)).toBeLessThan(now.getTime());
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(now.getTime());
});

test('a client that trusts the authority gets through to an https server, and no other', async () => {
  const tls = await createServerCertificates({ hosts, now: new Date() });
  const server = await startServer({ handle: createTestEmulator().handle, tls });
  const request = (ca?: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get(
        `${server.url}/subscriptions/s?api-version=2022-09-01`,
        ca === undefined ? {} : { ca },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      ).on('error', reject);
    });
  await expect(request(tls.ca)).resolves.toBe(200);
  await expect(request()).rejects.toThrow('certificate');
  await server.stop();
});
