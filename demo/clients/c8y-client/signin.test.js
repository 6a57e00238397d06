// Signing in: Basic, OAI-Secure with a token, OAI-Secure with cookies.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@c8y/client';
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
