// Web applications with their archives, versions and plugins, and microservices.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@c8y/client';
import { archive } from './archive.js';
import { refusal, serve, tenant } from './tenant.js';

const served = serve();

/** Makes a web application, and deletes it when the test is over. */
async function application(t, name) {
  const { data } = await served.client.application.create({ name, key: `${name}-key`, contextPath: name, type: 'HOSTED' });
  t.after(() => served.client.application.delete(data.id));
  return data;
}

const page = (content, version) => archive({ 'index.html': content, 'cumulocity.json': JSON.stringify({ name: 'Panel', version }) });

test('applications', async t => {
  const { application: service } = served.client;
  const { data: made } = await service.create({ name: 'panel', key: 'panel-key', contextPath: 'panel', type: 'HOSTED' });
  await service.update({ id: made.id, description: 'a panel' });
  assert.equal((await service.detail(made.id)).data.description, 'a panel');
  assert.deepEqual((await service.list({ name: 'panel' })).data.map(({ id }) => id), [made.id]);
  assert.equal((await service.listByName('panel')).data.length, 1);
  assert.ok((await service.listByOwner(tenant, { pageSize: 100 })).data.some(({ id }) => id === made.id));
  assert.ok((await service.listByTenant(tenant, { pageSize: 100 })).data.some(({ name }) => name === 'cockpit'));
  assert.ok((await service.listByUser('admin', { pageSize: 100 })).data.length > 0);
  assert.equal((await service.isAvailable('cockpit')).data, true);
  assert.equal((await service.isAvailable('vision-check')).data, true); // beyond the first page
  assert.equal((await service.isAvailable('weather')).data, false);
  assert.equal((await service.getManifestOfContextPath('panel')).data.id, made.id);
  assert.equal(service.getHref(made), '/apps/panel');
  assert.equal(await refusal(service.create({ name: 'panel', key: 'panel-key', contextPath: 'panel', type: 'HOSTED' })), 409);
  await service.updateApplicationAvailability(made, 'MARKET');
  assert.equal((await service.detail(made)).data.availability, 'MARKET');
  await service.updateApplicationConfig(made, { colour: 'green' });
  assert.deepEqual((await service.updateApplicationConfig(made, { size: 2 })).config, { colour: 'green', size: 2 });
  await service.delete(made.id);
  assert.equal(await refusal(service.detail(made.id)), 404);
});

test('archives', async t => {
  const { application: service, core } = served.client;
  const made = await application(t, 'dash');
  const binaries = service.binary(made);
  await binaries.upload(page('one', '1'), 'one.zip');
  await binaries.upload(page('two', '2'), 'two.zip');
  const { data: listed } = await binaries.list();
  assert.deepEqual(listed.map(({ name }) => name).sort(), ['one.zip', 'two.zip']);
  const [one, two] = ['one.zip', 'two.zip'].map(name => listed.find(each => each.name === name));
  assert.deepEqual(Buffer.from(await (await binaries.downloadArchive(one.id)).arrayBuffer()), page('one', '1'));
  await service.update({ id: made.id, activeVersionId: two.id });
  await service.reactivateArchive(made.id);
  assert.equal(await (await core.fetch('/apps/dash')).text(), 'two');
  assert.equal((await service.getAppManifest(made)).version, '2');
  await service.storeAppManifest(made, { name: 'Panel', version: '3' });
  assert.equal((await service.getAppManifest(made)).version, '3');
  assert.equal(await (await core.fetch('/apps/dash/index.html')).text(), 'two');
  await binaries.updateFiles([{ path: 'index.html', contents: 'three' }]);
  assert.equal(await (await core.fetch('/apps/dash/index.html')).text(), 'three');
  await binaries.delete(one.id);
  assert.ok((await binaries.list()).data.every(({ id }) => id !== one.id));
});

test('plugins', async t => {
  const made = await application(t, 'shell');
  const binaries = served.client.application.binary(made);
  await binaries.upload(page('shell', '1'), 'shell.zip');
  await binaries.addPlugin('Layers', archive({ 'layers.js': '1' }));
  assert.deepEqual((await binaries.listPlugins()).data.map(({ name }) => name), ['Layers']);
  await binaries.removePlugin('Layers');
  assert.deepEqual((await binaries.listPlugins()).data, []);
  assert.equal(await refusal(binaries.removePlugin('Layers')), 404);
});

test('versions', async t => {
  const { application: service } = served.client;
  const made = await application(t, 'library');
  const binaries = service.binary(made);
  const named = (content, name) => Object.assign(content, { name });
  await binaries.uploadApplicationVersion(named(page('one', '1.0.0'), 'one.zip'), '1.0.0', ['stable']);
  await binaries.uploadApplicationVersion(named(page('two', '2.0.0'), 'two.zip'), '2.0.0');
  assert.equal(await refusal(binaries.uploadApplicationVersion(named(page('two', '2.0.0'), 'two.zip'), '2.0.0')), 409);
  const versions = async () => Object.fromEntries((await service.listVersions(made)).data.map(({ version, tags }) => [version, [...tags].sort()]));
  assert.deepEqual(await versions(), { '1.0.0': ['latest', 'stable'], '2.0.0': [] });
  assert.equal(await refusal(service.deleteVersionPackage(made, { version: '1.0.0' })), 409); // it is the latest
  assert.equal(await refusal(service.setPackageVersionTag(made, '2.0.0', ['stable'])), 409); // the other one has it
  await service.setPackageVersionTag(made, '2.0.0', ['latest', 'next']);
  assert.deepEqual(await versions(), { '1.0.0': ['stable'], '2.0.0': ['latest', 'next'] });
  assert.equal((await service.getAppManifest(made, '1.0.0')).version, '1.0.0');
  const { data: copy } = await service.clone(made, '1.0.0');
  assert.equal(copy.name, 'clonelibrary');
  assert.ok(copy.id !== made.id && copy.contextPath.startsWith('clone'));
  await service.delete(copy.id);
  await service.deleteVersionPackage(made, { version: '1.0.0' });
  assert.deepEqual(Object.keys(await versions()), ['2.0.0']);
});

test('microservices', async () => {
  const { application: service } = served.client;
  const { data: [report] } = await service.listByName('energy-report');
  const { data: account } = await service.getBootstrapUser(report);
  assert.equal(account.tenant, tenant);
  const [user] = await Client.getMicroserviceSubscriptions({ tenant, user: account.name, password: account.password }, served.address);
  assert.equal(user.user, 'service_energy-report');
  const asService = served.as(user);
  assert.ok((await asService.inventory.list()).data.length > 0);
  assert.equal(await refusal(asService.inventory.create({ name: 'x' })), 403); // it asked for no more than to read
  const { data: [status] } = await service.getStatusDetails(report);
  assert.equal(status.c8y_Status.status, 'Up');
  const [instance] = service.getInstanceNames(status);
  const { data: log } = await service.getInstanceLog(report, instance, { dateFrom: new Date(Date.now() - 600_000).toISOString() });
  assert.ok(log.logs.split('\n').length > 10);
  assert.equal(await refusal(service.getInstanceLog(report, 'another')), 404);
  const { data: [web] } = await service.listByName('cockpit');
  assert.equal(await refusal(service.getBootstrapUser(web)), 400);
});

// Smart rules are a microservice of the vendor's, which this tenant is not subscribed to.
test('smart rules', async () => {
  const { smartRules } = served.client;
  assert.equal(await smartRules.isMicroserviceAvailable(), false);
  assert.equal(await refusal(smartRules.listByContext('1')), 404);
  assert.equal(await refusal(smartRules.update({ id: '1', name: 'rule', enabled: true })), 404);
  assert.equal(await refusal(smartRules.bulkDeactivateEnabledSources({ id: '1', enabledSources: ['2'] }, ['2'])), 404);
});
