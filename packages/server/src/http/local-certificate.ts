/**
 * The certificate for TLS on this machine: one for `localhost` and the loopback addresses, signed by a local authority
 * that the first start makes. Both live in the data directory; `GET /demo/ca.pem` hands the authority out.
 */
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as x509 from '@peculiar/x509';

export type LocalCertificate = { readonly certificate: string; readonly key: string; readonly authority: string };

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const day = 24 * 60 * 60 * 1000;
const authorityDays = 3650;
/** Clients refuse certificates that last longer. */
const certificateDays = 397;
const renewBeforeDays = 30;

/** The certificate of the data directory, made or renewed when needed. */
export async function openLocalCertificate(dataDirectory: string): Promise<LocalCertificate> {
  const folder = path.join(dataDirectory, 'tls');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = await readCertificate(folder);
  if (known !== undefined && isFresh(known.certificate)) return known;
  const made = await makeCertificate();
  // The certificate last: it is what a later start looks for, so a half-written set is made anew.
  for (const [name, text] of [
    ['ca.pem', made.authority],
    ['key.pem', made.key],
    ['certificate.pem', made.certificate],
  ] as const) {
    const file = path.join(folder, name);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  return made;
}

async function readCertificate(folder: string): Promise<LocalCertificate | undefined> {
  try {
    const [certificate, key, authority] = await Promise.all(
      ['certificate.pem', 'key.pem', 'ca.pem'].map((name) => readFile(path.join(folder, name), 'utf8')),
    );
    return certificate === undefined || key === undefined || authority === undefined
      ? undefined
      : { certificate, key, authority };
  } catch {
    return undefined;
  }
}

function isFresh(certificate: string): boolean {
  try {
    return Date.parse(new X509Certificate(certificate).validTo) - Date.now() > renewBeforeDays * day;
  } catch {
    return false;
  }
}

async function makeCertificate(): Promise<LocalCertificate> {
  const [authorityKeys, keys] = await Promise.all([
    crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']),
    crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']),
  ]);
  const name = 'CN=Parley local authority';
  const notBefore = new Date(Date.now() - day);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    notBefore,
    notAfter: new Date(Date.now() + authorityDays * day),
    signingAlgorithm: algorithm,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=localhost',
    issuer: name,
    notBefore,
    notAfter: new Date(Date.now() + certificateDays * day),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const key = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${key}\n`,
    authority: `${authority.toString('pem')}\n`,
  };
}
