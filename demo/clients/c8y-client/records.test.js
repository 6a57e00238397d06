// Alarms, events, measurements, operations and what is recorded of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventBinaryService } from '@c8y/client';
import { device, eventually, refusal, serve } from './tenant.js';

const served = serve();

test('alarms', async t => {
  const { client } = served;
  const source = await device(t, client);
  const alarm = { source: { id: source.id }, type: 'c8y_Hot', text: 'hot', severity: 'MAJOR', time: new Date().toISOString() };
  const { data: first } = await client.alarm.create(alarm);
  const { data: again } = await client.alarm.create(alarm);
  assert.equal(again.id, first.id);
  assert.equal(again.count, 2);
  const { data: changed } = await client.alarm.update({ id: first.id, status: 'ACKNOWLEDGED' });
  assert.equal(changed.status, 'ACKNOWLEDGED');
  assert.equal((await client.alarm.count({ source: source.id })).data, 1);
  const { data: listed } = await client.alarm.list({ source: source.id, severity: 'MAJOR,CRITICAL', resolved: false });
  assert.equal(listed.length, 1);
  const { status } = await client.alarm.updateBulk({ status: 'CLEARED' }, { source: source.id, status: 'ACKNOWLEDGED' });
  assert.ok([200, 202].includes(status));
  await eventually('the alarm is cleared', async () => (await client.alarm.detail(first.id)).data.status === 'CLEARED');

  const { data: records } = await client.audit.list({ source: first.id, type: 'Alarm' });
  assert.ok(records.length >= 1);
  assert.equal((await client.audit.detail(records[0])).data.id, records[0].id);
});

test('events and their attachments', async t => {
  const { client } = served;
  const source = await device(t, client);
  const { data: event } = await client.event.create({ source: { id: source.id }, type: 'c8y_Door', text: 'open', time: new Date().toISOString() });
  assert.equal((await client.event.update({ id: event.id, text: 'wide open' })).data.text, 'wide open');
  const files = new EventBinaryService(client.core);
  await files.upload(Buffer.from('a picture'), event.id);
  assert.equal(await refusal(files.upload(Buffer.from('another'), event.id)), 409);
  assert.equal(await (await files.download(event.id)).text(), 'a picture');
  await files.delete(event.id);
  assert.equal((await client.event.list({ source: source.id })).data.length, 1);
  await client.event.delete(event.id);
  assert.equal(await refusal(client.event.detail(event.id)), 404);
});

test('measurements', async t => {
  const { client } = served;
  const source = await device(t, client);
  for (const value of [1, 2, 3]) {
    // A series has one row for each instant, so each gets its own: a fast machine creates two within a millisecond.
    const time = new Date(Date.now() - value * 1000).toISOString();
    await client.measurement.create({ sourceId: source.id, type: 'c8y_T', time, c8y_T: { T: { value, unit: 'C' } } });
  }
  const { data: listed } = await client.measurement.list({ source: source.id, valueFragmentType: 'c8y_T' });
  assert.equal(listed.length, 3);
  const between = { dateFrom: new Date(Date.now() - 3600_000).toISOString(), dateTo: new Date(Date.now() + 3600_000).toISOString() };
  const { data: series } = await client.measurement.listSeries({ source: source.id, series: ['c8y_T.T'], ...between });
  assert.equal(series.series[0].name, 'T');
  assert.equal(Object.keys(series.values).length, 3);
  const file = await client.measurement.getMeasurementsFile({ source: source.id, ...between }, { accept: 'text/csv' });
  const rows = (await file.text()).trim().split('\n');
  assert.match(file.headers.get('content-type'), /text\/csv/);
  assert.equal(rows.length, 4);
  assert.equal(rows[0].trim(), 'time,source,device_name,fragment.series,value,unit');
  assert.equal((await client.measurement.detail(listed[0].id)).data.id, listed[0].id);
  await client.measurement.delete(listed[0].id);
  assert.equal((await client.measurement.list({ source: source.id })).data.length, 2);
});

test('operations', async t => {
  const { client } = served;
  const agent = await device(t, client);
  const { data: operation } = await client.operation.create({ deviceId: agent.id, c8y_Restart: {}, description: 'restart' });
  assert.equal(operation.status, 'PENDING');
  await client.operation.update({ id: operation.id, status: 'FAILED', failureReason: 'no power' });
  const { data } = await client.operation.detail(operation.id);
  assert.equal(data.failureReason, 'no power');
  assert.equal((await client.operation.list({ agentId: agent.id, status: 'FAILED' })).data.length, 1);
  const { data: other } = await client.inventory.create({ name: 'no agent' });
  assert.equal(await refusal(client.operation.create({ deviceId: other.id, c8y_Restart: {} })), 422);
});

test('bulk operations', async t => {
  const { client } = served;
  const { data: group } = await client.inventory.create({ name: 'Hall', type: 'c8y_DeviceGroup', c8y_IsDeviceGroup: {} });
  t.after(() => client.inventory.delete(group.id));
  for (const name of ['one', 'two']) await client.inventory.childAssetsAdd(await device(t, client, name), group);
  const { data: bulk } = await client.operationBulk.create({
    groupId: group.id, startDate: new Date(Date.now() + 1000).toISOString(), creationRamp: 0.05, operationPrototype: { c8y_Restart: {}, description: 'all' },
  });
  await eventually('the operations are made', async () => (await client.operation.list({ bulkOperationId: bulk.id })).data.length === 2);
  assert.equal((await client.operationBulk.detail(bulk.id)).data.progress.all, 2);
  assert.ok((await client.operationBulk.list({ pageSize: 2000 })).data.some(({ id }) => id === bulk.id));
  assert.equal(await refusal(client.operationBulk.update({ id: bulk.id, creationRamp: 9 })), 422); // it has begun
  await client.operationBulk.delete(bulk.id);

  const later = { groupId: group.id, startDate: new Date(Date.now() + 3600_000).toISOString(), creationRamp: 1, operationPrototype: { c8y_Restart: {} } };
  const { data: planned } = await client.operationBulk.create(later);
  assert.equal((await client.operationBulk.update({ id: planned.id, creationRamp: 9 })).data.creationRamp, 9);
  await client.operationBulk.delete(planned.id);
  assert.equal((await client.operationBulk.detail(planned.id)).data.generalStatus, 'CANCELED');
});

test('audit records', async () => {
  const { client } = served;
  const { data } = await client.audit.create({
    type: 'User', activity: 'Test', text: 'somebody tested', time: new Date().toISOString(), source: { id: '1' }, user: 'admin', severity: 'MINOR',
  });
  assert.equal((await client.audit.detail(data.id)).data.text, 'somebody tested');
});
