// Users, groups, roles, options, registration.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@c8y/client';
import { bootstrap, eventually, refusal, serve, tenant } from './tenant.js';

const served = serve();

test('users', async () => {
  const { client } = served;
  const { data: made } = await client.user.create({ userName: 'ada', email: 'ada@example.org', password: 'demo-Ada.1', firstName: 'Ada' });
  assert.equal(made.id, 'ada');
  await client.user.update({ id: 'ada', lastName: 'L' });
  assert.equal((await client.user.detail('ada')).data.lastName, 'L');
  assert.ok((await client.user.list({ pageSize: 2000 })).data.some(({ userName }) => userName === 'ada'));
  const ada = served.as({ tenant, user: 'ada', password: 'demo-Ada.1' });
  assert.deepEqual((await ada.inventory.list()).data, []); // is let in, and may see nothing yet
  await client.user.delete('ada');
  assert.equal(await refusal(client.user.detail('ada')), 404);
});

test('what users may and are', async () => {
  const { client } = served;
  const { data: me } = await client.user.current();
  assert.ok(client.user.hasAllRoles(me, ['ROLE_ALARM_READ', 'ROLE_ALARM_ADMIN'])); // by the groups
  assert.ok(!client.user.hasAllRoles(me, ['ROLE_ALARM_READ', 'ROLE_DEVICE']));
  assert.ok(client.user.hasAnyRole(me, ['ROLE_DEVICE', 'ROLE_ALARM_READ']));
  assert.ok(client.user.hasAnyGlobalRole(me, [2, 4711]));
  assert.ok(!client.user.hasAnyGlobalRole(me, [4711]));
  const { data: devices } = await client.user.list({ onlyDevices: true, pageSize: 5 });
  assert.ok(devices.length > 0 && devices.every(user => client.user.isDeviceUser(user)));
  assert.ok(!client.user.isDeviceUser(me) && !client.user.isServiceUser(me) && client.user.isServiceUser({ id: 'service_energy-report' }) && !client.user.isExternalUser(me));
  const letters = (await client.user.getNewsletterEmails()).data;
  const { data: everybody } = await client.user.list({ pageSize: 2000 });
  assert.deepEqual(letters.split('\n').filter(Boolean).sort(), everybody.filter(({ newsletter }) => newsletter).map(({ email }) => email).sort());
});

test('groups and permissions', async () => {
  const { client } = served;
  const { data: roles } = await client.userRole.list({ pageSize: 2000 });
  const role = roles.find(({ id }) => id === 'ROLE_ALARM_READ');
  assert.equal((await client.userRole.detail(role)).data.name, 'ROLE_ALARM_READ');
  const { data: group } = await client.userGroup.create({ name: 'watchers' });
  await client.userGroup.addRoleToGroup(group.id, role);
  const { data: reader } = await client.user.detail('reader');
  await client.userGroup.addUserToGroup(group.id, reader);
  const { data: read } = await client.userGroup.detail(group.id);
  assert.equal(read.roles.references[0].role.id, 'ROLE_ALARM_READ');
  await client.userGroup.update({ id: group.id, name: 'onlookers' });
  assert.ok((await client.userGroup.list({ pageSize: 100 })).data.some(({ name }) => name === 'onlookers'));
  await client.userGroup.removeUserFromGroup(group.id, reader);
  await client.userGroup.removeRoleFromGroup(group.id, role);
  await client.userGroup.delete(group.id);
  assert.equal(await refusal(client.userGroup.detail(group.id)), 404);
});

test('inventory roles', async () => {
  const { client } = served;
  const { data: role } = await client.inventoryRole.create({ name: 'alarm watcher', permissions: [{ permission: 'READ', type: '*', scope: 'ALARM' }] });
  await client.inventoryRole.update({ id: role.id, description: 'watches' });
  assert.equal((await client.inventoryRole.detail(role.id)).data.description, 'watches');
  const { data: group } = await client.inventory.create({ name: 'Hall', c8y_IsDeviceGroup: {}, type: 'c8y_DeviceGroup' });
  const assignments = client.user.inventoryAssignment('restricted');
  const { data: assigned } = await assignments.create({ managedObject: group.id, roles: [{ id: role.id }] });
  assert.ok((await assignments.list()).data.some(({ id }) => id === assigned.id));
  assert.equal(String((await assignments.detail(assigned.id)).data.managedObject), group.id);
  const { data: [other] } = (await client.inventoryRole.list({ pageSize: 100 }));
  assert.deepEqual((await assignments.update({ id: assigned.id, roles: [{ id: other.id }] })).data.roles.map(({ id }) => id), [other.id]);
  await assignments.delete(assigned.id);
  await client.inventoryRole.delete(role.id);
  await client.inventory.delete(group.id);
});

test('who may not', async () => {
  const reader = served.as({ tenant, user: 'reader', password: 'demo-Reader.1' });
  assert.equal(await refusal(reader.inventory.create({ name: 'x' })), 403);
  const nobody = served.as({ tenant, user: 'nobody', password: 'demo-Nobody.1' });
  assert.equal(await refusal(nobody.audit.list()), 403);
  assert.equal((await nobody.inventory.list()).data.length, 0);
});

test('options', async () => {
  const { client } = served;
  await client.options.tenant.create({ category: 'js', key: 'colour', value: 'green' });
  await client.options.tenant.update({ category: 'js', key: 'colour', value: 'blue' });
  assert.equal((await client.options.tenant.detail({ category: 'js', key: 'colour' })).data.value, 'blue');
  assert.ok((await client.options.tenant.list({ pageSize: 2000 })).data.some(({ key }) => key === 'colour'));
  await client.options.tenant.delete({ category: 'js', key: 'colour' });
  assert.equal(await refusal(client.options.tenant.detail({ category: 'js', key: 'colour' })), 404);
  assert.ok((await client.options.system.detail({ category: 'system', key: 'version' })).data.value);
  assert.ok((await client.options.system.list({ pageSize: 2000 })).data.length > 0);
});

test('login options', async () => {
  const { client } = served;
  assert.ok((await client.options.login.list()).data.length > 0);
});

test('registration', async () => {
  const { client } = served;
  const id = 'js-device';
  await client.deviceRegistration.create({ id });
  const basicAuthToken = Buffer.from(`${bootstrap.tenant}/${bootstrap.user}:${bootstrap.password}`).toString('base64');
  const becoming = Client.deviceBootstrap({ deviceId: id, basicAuthToken, baseUrl: served.address, timeout: 20_000 }); // asks until it is accepted
  await eventually('the device has asked', async () => (await client.deviceRegistration.detail(id)).data.status === 'PENDING_ACCEPTANCE');
  assert.ok((await client.deviceRegistration.list({ pageSize: 2000 })).data.some(request => request.id === id));
  assert.equal((await client.deviceRegistration.accept(id)).data.status, 'ACCEPTED');
  const device = await becoming;
  const { data } = await device.inventory.create({ name: id, c8y_IsDevice: {} });
  assert.equal(data.owner, `device_${id}`);
  await client.inventory.delete(data.id);
});

test('many registrations at once', async () => {
  const { client } = served;
  assert.ok('isReached' in (await client.deviceRegistration.limit()).data);
  await client.deviceRegistration.create({ id: 'js-waits' });
  const { data } = await client.deviceRegistration.acceptAll();
  assert.ok(!data.some(({ id }) => id === 'js-waits')); // it has not asked yet
  await client.deviceRegistration.delete('js-waits');
});

test('bulk registration', async () => {
  const csv = 'ID;CREDENTIALS;AUTH_TYPE;TYPE;NAME;ICCID;IDTYPE;PATH;SHELL\njs-bulk-1;demo-Bulk.1;BASIC;c8y_Linux;Bulk 1;;c8y_Serial;;0\n';
  const { data } = await served.client.deviceRegistrationBulk.create(Buffer.from(csv));
  assert.equal(data.numberOfAll, 1);
  assert.equal(data.numberOfSuccessful, 1, JSON.stringify(data));
});
