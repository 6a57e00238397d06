// Whom the tenant trusts, and whom no more.
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { CrlService, TrustedCertificateService } from '@c8y/client';
import { certificate } from './certificate.js';
import { refusal, serve } from './tenant.js';

const served = serve();

test('trusted certificates', async () => {
  const certificates = new TrustedCertificateService(served.client.core);
  const own = certificate('js-factory');
  const { data: made } = await certificates.create({ name: 'Factory', certInPemFormat: own.pem, status: 'ENABLED', autoRegistrationEnabled: true });
  assert.equal(made.fingerprint, new X509Certificate(own.pem).fingerprint.replaceAll(':', '').toLowerCase());
  assert.equal(made.subject, 'CN=js-factory');
  assert.equal(await refusal(certificates.create({ name: 'Factory', certInPemFormat: own.pem, status: 'ENABLED' })), 409);
  assert.equal(await refusal(certificates.create({ name: 'bad', certInPemFormat: 'no certificate', status: 'ENABLED' })), 422);
  await certificates.update({ fingerprint: made.fingerprint, name: 'Old factory', status: 'DISABLED' });
  const { data: read } = await certificates.detail(made);
  assert.deepEqual([read.name, read.status, read.autoRegistrationEnabled], ['Old factory', 'DISABLED', true]);
  assert.ok((await certificates.list({ pageSize: 100 })).data.some(({ fingerprint }) => fingerprint === made.fingerprint));

  const { data: asked } = await certificates.regeneratePoPVerificationCode(made);
  const code = asked.proofOfPossessionUnsignedVerificationCode;
  assert.equal(await refusal(certificates.verifySignedVerificationCode(made, certificate('js-other').sign(code))), 400);
  assert.equal((await certificates.verifySignedVerificationCode(made, own.sign(code))).data.proofOfPossessionValid, true);
  await certificates.delete(made);
  assert.equal(await refusal(certificates.detail(made)), 404);
});

test('an authority of its own', async () => {
  const certificates = new TrustedCertificateService(served.client.core);
  const { data: made } = await certificates.generateCertificateAuthority();
  assert.equal(made.tenantCertificateAuthority, true);
  assert.equal(await refusal(certificates.generateCertificateAuthority()), 409);
  assert.ok(new X509Certificate(made.certInPemFormat).ca);
  assert.deepEqual((await certificates.list({ certificateAuthority: true })).data.map(({ fingerprint }) => fingerprint), [made.fingerprint]);
  assert.equal(await refusal(certificates.renewCertificateAuthority()), 404); // it is good for more than the next 18 months
});

test('revoked certificates', async () => {
  const revoked = new CrlService(served.client.core);
  await revoked.uploadCrls([{ serialNumberInHex: '4f1a2b3c4d5e', revocationDate: '2026-01-02T00:00:00Z' }]);
  await revoked.uploadCrlFile(Buffer.from('5A6B7C8D9E0F,2026-01-03T00:00:00Z\n'));
  const response = await revoked.downloadCrlFile();
  assert.equal(response.status, 200);
  const list = Buffer.from(await response.arrayBuffer()).toString('hex');
  for (const serial of ['4f1a2b3c4d5e', '5a6b7c8d9e0f']) assert.ok(list.includes(serial), serial);
  assert.equal(await refusal(revoked.uploadCrls([{ serialNumberInHex: 'no number' }])), 400);
});
