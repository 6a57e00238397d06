// The tenant, those below it, what is switched on, and how its users sign in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FeatureService, TenantLoginOptionsService, TenantSecurityOptionsService } from '@c8y/client';
import { admin, refusal, serve, tenant } from './tenant.js';

const served = serve();
const management = () => served.as({ ...admin, tenant: 'management' });

test('the tenant', async () => {
  const { client } = served;
  const { data } = await client.tenant.current({ withParent: true });
  assert.deepEqual([data.name, data.parent], [tenant, 'management']);
  assert.equal(await client.tenant.currentTenantType(data), 'REGULAR');
  assert.equal(await client.tenant.currentTenantType(), 'REGULAR');
  assert.equal((await client.tenant.detail(tenant)).data.domain, data.domainName);
  for (const [call, enabled] of [['enableSupportUser', 'true'], ['disableSupportUser', 'false']]) {
    await client.tenant[call]();
    assert.equal((await client.options.tenant.detail({ category: 'support-user', key: 'enabled' })).data.value, enabled);
  }
});

test('tenants below', async () => {
  const { client } = served;
  const { domainName } = (await client.tenant.current()).data;
  const wanted = { company: 'Branch', domain: `branch.${domainName}`, adminName: 'head', adminEmail: 'head@example.org', adminPass: 'demo-Head.1' };
  const { data: made } = await client.tenant.create(wanted);
  assert.deepEqual([made.parent, made.status], [tenant, 'ACTIVE']);
  assert.equal(await refusal(client.tenant.create(wanted)), 409);
  await client.tenant.update({ id: made.id, contactName: 'Hedda Head' });
  assert.equal((await client.tenant.detail(made.id)).data.contactName, 'Hedda Head');
  assert.ok((await client.tenant.list({ pageSize: 100 })).data.some(({ id }) => id === made.id));

  const { data: [book] } = await client.application.listByName('Shift book');
  await client.tenant.subscribeApplication(made, book);
  assert.equal(await refusal(client.tenant.subscribeApplication(made, book)), 409);
  const subscribed = async () => (await client.tenant.detail(made)).data.applications.references.some(({ application }) => application.id === book.id);
  assert.equal(await subscribed(), true);
  await client.tenant.unsubscribeApplication(made, book);
  assert.equal(await subscribed(), false);

  const head = served.as({ tenant: made.id, user: 'head', password: 'demo-Head.1' });
  assert.equal((await head.tenant.current()).data.name, made.id);
  assert.equal(await refusal(client.tenant.delete(made)), 403); // which only the operator may
  await management().tenant.delete(made);
  assert.equal(await refusal(client.tenant.detail(made.id)), 404);
});

test('two factors', async () => {
  const { client } = served;
  const own = { name: tenant };
  assert.equal((await client.tenant.getTfaSettings(own)).strategy, 'TOTP');
  await client.tenant.updateTfaStrategy(own, 'SMS');
  assert.equal((await client.tenant.getTfaSettings(own)).strategy, 'SMS');
  assert.equal(await refusal(client.tenant.updateTfaStrategy(own, 'PIGEON')), 422);
  await client.tenant.updateTfaStrategy(own, 'TOTP');
});

test('login options', async () => {
  const { client } = served;
  const options = new TenantLoginOptionsService(client.core);
  assert.ok((await options.list()).data.some(({ type }) => type === 'OAUTH2_INTERNAL'));
  assert.ok((await options.listForManagement()).data.some(({ type }) => type === 'BASIC'));
  const { data: made } = await options.create({ type: 'OAUTH2', providerName: 'Keys', buttonName: 'Sign in with Keys', grantType: 'AUTHORIZATION_CODE', clientId: 'c8yx' });
  await options.update({ ...made, buttonName: 'Keys!' });
  assert.equal((await options.detail(made)).data.buttonName, 'Keys!');
  await options.save({ ...made, visibleOnLoginPage: true });
  assert.ok((await options.listForCurrentTenant()).data.some(({ buttonName }) => buttonName === 'Sign in with Keys'));
  await options.delete(made);
  assert.equal(await refusal(options.detail(made)), 404);
  const { data: saved } = await options.save({ type: 'OAUTH2', providerName: 'Locks', buttonName: 'Locks' });
  await options.delete(saved.id);
});

test('what passwords must be like', async () => {
  const options = new TenantSecurityOptionsService(served.client.core);
  assert.equal((await options.detail({ key: 'green.min-length' })).data.value, '8');
  assert.equal(await refusal(options.detail({ key: 'colour' })), 404);
});

test('features', async () => {
  const features = new FeatureService(served.client.core), operators = new FeatureService(management().core);
  const { data } = await features.list();
  const feature = data.find(({ phase }) => phase === 'PUBLIC_PREVIEW');
  const now = async () => (({ active, strategy }) => [active, strategy])((await features.detail(feature.key)).data);
  await features.removeTenantOverride(feature);
  const usual = await now();
  assert.equal(usual[1], 'DEFAULT');
  const other = { ...feature, active: !usual[0] };
  await features.updateFeature(other);
  assert.deepEqual(await now(), [other.active, 'TENANT']);
  assert.deepEqual((await operators.detailByTenant(feature.key)).data, [{ tenantId: tenant, active: other.active }]);
  await features.removeTenantOverride(feature);
  assert.deepEqual(await now(), usual);
  await operators.updateFeatureByTenant(other, tenant);
  assert.deepEqual(await now(), [other.active, 'TENANT']);
  await operators.removeTenantOverrideByTenant(feature, tenant);
  assert.deepEqual(await now(), usual);
  const hidden = data.find(({ phase }) => phase === 'IN_DEVELOPMENT');
  assert.equal(await refusal(features.updateFeature({ ...hidden, active: true })), 403);
});
