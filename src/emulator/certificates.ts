import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** What an https server and its clients need, all in PEM. */
export interface ServerCertificates {
  readonly key: string;
  readonly cert: string;
  /** The authority that signed `cert`: a client must be told to trust it. */
  readonly ca: string;
}

export interface CertificateOptions {
  /** Names and addresses that clients use: `localhost`, `127.0.0.1`. */
  readonly hosts: readonly string[];
  readonly now: Date;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const oneDay = 24 * 60 * 60 * 1_000;
/** Some clients refuse server certificates that are valid for longer. */
const validDays = 90;

/**
 * Makes an authority and a server certificate that it signs, as strict clients want them (RFC 5280: key identifiers,
 * critical constraints). The authority's key is thrown away, so it can never sign anything else.
 */
export async function createServerCertificates({
  hosts,
  now,
}: CertificateOptions): Promise<ServerCertificates> {
  const [caKeys, keys] = await Promise.all([generateKeys(), generateKeys()]);
  const validity = {
    notBefore: new Date(now.getTime() - oneDay),
    notAfter: new Date(now.getTime() + validDays * oneDay),
    signingAlgorithm: algorithm,
  };
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: 'CN=Kustodian emulator authority',
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: `CN=${hosts[0] ?? 'localhost'}`,
    issuer: authority.subject,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hosts.map(toAltName)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    cert: certificate.toString('pem'),
    ca: authority.toString('pem'),
  };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** 16 random bytes, positive. */
function serialNumber(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return Buffer.from(bytes).toString('hex');
}

function toAltName(host: string): { type: 'ip' | 'dns'; value: string } {
  return { type: /^[\d.]+$|:/.test(host) ? 'ip' : 'dns', value: host };
}
