// Signing in: Basic, OAI-Secure with a token or cookies, second factors, new passwords.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { BasicAuth, Client } from '@c8y/client';
import { admin, refusal, serve, tenant } from './tenant.js';

const served = serve();

test('Basic', async () => {
  const client = await Client.authenticate({ user: admin.user, password: admin.password }, served.address);
  assert.equal(client.core.tenant, tenant);
  const { data } = await client.user.current();
  assert.equal(data.userName, admin.user);
});

test('a wrong password', async () => {
  assert.equal(await refusal(Client.authenticate({ user: admin.user, password: 'wrong' }, served.address)), 401);
  assert.equal(await refusal(Client.authenticateViaOAuthInternal({ tenant, user: admin.user, password: 'wrong' }, served.address)), 401);
});

test('OAI-Secure with a token', async () => {
  const client = await Client.authenticateViaOAuthInternal(admin, served.address);
  const { data } = await client.user.currentWithEffectiveRoles();
  assert.ok(client.user.hasRole(data, 'ROLE_INVENTORY_READ'));
  await client.core.fetch('/user/logout', { method: 'POST' });
  assert.equal(await refusal(client.user.current()), 401);
});

test('OAI-Secure with cookies', async () => {
  const client = await Client.authenticateViaOAuthInternalCookie(admin, served.address);
  const { data } = await client.user.updateCurrent({ firstName: 'Ada' }); // a write: it needs the XSRF token
  assert.equal(data.firstName, 'Ada');
});

test('login options are for everybody', async () => {
  const { data } = await served.client.options.login.listForCurrentTenant();
  assert.ok(data.some(({ type }) => type === 'OAUTH2_INTERNAL'));
});

/** The code that an authenticator app shows for a secret. */
function authenticator(secret) {
  const bits = [...secret].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)))).update(counter).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('setting up TOTP', async () => {
  const enrol = { tenant, user: 'enrol', password: 'demo-Enrol.1' };
  const { user } = served.as(enrol);
  assert.equal(await refusal(user.current()), 401); // is let in for nothing but the set-up
  assert.equal(await refusal(user.getActivityTotp()), 404);
  const { rawSecret, secretQrUrl } = (await user.generateTotpSecret()).data;
  assert.match(decodeURIComponent(secretQrUrl), new RegExp(`otpauth://totp/.*${rawSecret}`));
  assert.equal(await refusal(user.verifyTotpCode('000000')), 403);
  await user.verifyTotpCode(authenticator(rawSecret));
  await user.activateTotp();

  assert.equal(await refusal(Client.authenticateViaOAuthInternal(enrol, served.address)), 401);
  const client = await Client.authenticateViaOAuthInternal({ ...enrol, tfa: authenticator(rawSecret) }, served.address);
  assert.deepEqual((await client.user.getActivityTotp()).data, { isActive: true, isForced: false });

  await served.client.user.totpRevokeSecret({ id: 'enrol' });
  assert.equal(await refusal(client.user.current()), 401);
  assert.equal(await refusal(served.client.user.totpRevokeSecret({ id: 'enrol' })), 404);
});

test('a code by SMS', async () => {
  const credentials = { tenant, user: 'nophone', password: 'demo-Nophone.1' };
  const { user } = served.as(credentials);
  assert.equal(await refusal(user.current()), 401);
  assert.equal((await user.savePhoneNumber('+4915111111111')).data.phone, '+4915111111111');
  assert.equal(await refusal(user.verifyTFACode('0')), 403); // that is how the tenant says that it was sent
  const { res } = await user.verifyTFACode(served.letters('nophone').at(-1));
  const client = new Client(new BasicAuth({ ...credentials, tfa: res.headers.get('tfatoken') }), served.address);
  assert.equal((await client.user.current()).data.id, 'nophone');
});

test('a forgotten password', async () => {
  const { user } = served.client;
  const email = 'rosa@demo.example';
  await user.sendPasswordResetMail('nobody.knows@demo.example', tenant); // the tenant does not tell that there is no such user
  await user.sendPasswordResetMail(email, tenant);
  const token = served.letters('reader').at(-1);
  await user.validateResetToken(token, email);
  assert.equal(await refusal(user.validateResetToken('another', email)), 422);
  const reset = { token, email, newPassword: 'demo-Forgot.2', passwordStrength: 'GREEN' };
  assert.equal(await refusal(user.resetPassword({ ...reset, newPassword: 'short' }, tenant)), 422);
  await user.resetPassword(reset, tenant);
  assert.equal(await refusal(user.resetPassword(reset, tenant)), 422); // a link is good once
  assert.equal(await refusal(served.as({ tenant, user: 'reader', password: 'demo-Reader.1' }).user.current()), 401);
  assert.equal((await served.as({ tenant, user: 'reader', password: reset.newPassword }).user.current()).data.id, 'reader');
});

test('a password of one\'s own', async () => {
  const as = password => served.as({ tenant, user: 'manager', password });
  assert.equal(await refusal(as('demo-Manager.1').user.changeCurrentUserPassword('demo-Manager.2', 'wrong')), 403);
  await as('demo-Manager.1').user.changeCurrentUserPassword('demo-Manager.2', 'demo-Manager.1');
  assert.equal(await refusal(as('demo-Manager.1').user.current()), 401);
  await as('demo-Manager.2').user.changeUserPassword('manager', 'demo-Manager.3', 'demo-Manager.2');
  assert.equal((await as('demo-Manager.3').user.current()).data.id, 'manager');
  assert.equal(await refusal(served.client.user.changeUserPassword('manager', 'demo-Manager.4', 'demo-Admin.1')), 403); // it is somebody else's
});

test('everybody is logged out', async () => {
  const client = await Client.authenticateViaOAuthInternal(admin, served.address);
  await client.user.current();
  await served.client.user.revokeTokens();
  assert.equal(await refusal(client.user.current()), 401);
});
