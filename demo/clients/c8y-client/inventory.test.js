// Devices, groups, files and serial numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { device, eventually, refusal, serve } from './tenant.js';

const served = serve();

test('managed objects', async t => {
  const { client } = served;
  const made = await device(t, client);
  assert.equal(made.owner, 'admin');
  await client.inventory.update({ id: made.id, c8y_Hardware: { model: 'P7' }, com_cumulocity_model_Agent: null });
  const { data } = await client.inventory.detail(made.id, { withChildren: false });
  assert.deepEqual(data.c8y_Hardware, { model: 'P7' });
  assert.ok(!('com_cumulocity_model_Agent' in data));
  assert.equal(await refusal(client.inventory.detail('999999999')), 404);
});

test('lists page by page', async () => {
  const { client } = served;
  const first = await client.inventory.list({ fragmentType: 'c8y_IsDevice', pageSize: 7, withTotalPages: true });
  assert.equal(first.data.length, 7);
  assert.ok(first.paging.totalPages >= 8);
  const seen = new Set(first.data.map(({ id }) => id));
  const next = await first.paging.next();
  assert.equal(next.paging.currentPage, 2);
  assert.ok(next.data.every(({ id }) => !seen.has(id)));
  const { data } = await client.inventory.count({ fragmentType: 'c8y_IsDevice' });
  assert.ok(data >= 50);
});

test('queries', async t => {
  const { client } = served;
  const made = await device(t, client, 'query (it\'s hard)');
  await client.inventory.update({ id: made.id, query_test: { number: 3, flag: true } });
  for (const query of [
    { name: 'query*' },
    { __and: [{ __has: 'query_test' }, { 'query_test.number': { __gt: 2 } }] },
    { __not: { __has: 'c8y_Hardware' }, __or: [{ 'query_test.number': 3 }, { 'query_test.number': 4 }] },
    { __filter: { 'query_test.flag': true }, __orderby: [{ name: 1 }, { 'creationTime.date': -1 }] },
  ]) {
    const { data } = await client.inventory.listQueryDevices(query);
    assert.ok(data.some(({ id }) => id === made.id), JSON.stringify(query));
  }
  const { data } = await client.inventory.listQuery({ __filter: { 'query_test.number': { __lt: 3 } } });
  assert.equal(data.length, 0);
});

for (const kind of ['childDevices', 'childAssets', 'childAdditions']) {
  test(kind, async t => {
    const { client } = served;
    const parent = await device(t, client);
    const [one, two] = [await device(t, client, 'one'), await device(t, client, 'two')];
    await client.inventory[`${kind}Add`](one, parent);
    const added = await client.inventory[`${kind}BulkAdd`]([two], parent);
    assert.equal(added.data[0].id, two.id);
    const made = await client.inventory[`${kind}Create`]({ name: 'three' }, parent);
    const { data } = await client.inventory[`${kind}List`](parent);
    assert.deepEqual(data.map(({ name }) => name).sort(), ['one', 'three', 'two']);
    await client.inventory[`${kind}Remove`](made.data.id, parent);
    assert.equal((await client.inventory[`${kind}List`](parent)).data.length, 2);
  });
}

test('smart groups', async () => {
  const { client } = served;
  const { data } = await client.smartGroups.create({
    smartGroup: { name: 'Pumps', type: 'c8y_DynamicGroup', c8y_IsDynamicGroup: {} }, deviceQueryString: "$filter=(name eq 'Pump*')",
  });
  assert.ok(client.smartGroups.isSmartGroup(data));
  await client.smartGroups.update({ id: data.id, name: 'Many pumps' });
  assert.equal((await client.smartGroups.detail(data.id)).data.name, 'Many pumps');
  await client.smartGroups.delete(data.id);
  await eventually('the group is gone', async () => await refusal(client.smartGroups.detail(data.id)) === 404);
});

test('files', async () => {
  const { client } = served;
  const { data } = await client.inventoryBinary.create(Buffer.from('content'), { name: 'notes.txt', type: 'text/plain' });
  assert.ok(data.id);
  const listed = await client.inventoryBinary.list({ pageSize: 2000 });
  assert.ok(listed.data.some(({ id }) => id === data.id));
  assert.equal(client.inventoryBinary.getIdFromUrl(`${served.address}/inventory/binaries/${data.id}`), data.id);
  assert.equal(client.inventoryBinary.getIdFromUrl(data.self), data.id);
  const response = await client.inventoryBinary.download(data.id);
  assert.equal(await response.text(), 'content');
  await client.inventoryBinary.delete(data.id);
  assert.equal(await refusal(client.inventory.detail(data.id)), 404);
});

test('serial numbers', async t => {
  const { client } = served;
  const made = await device(t, client);
  const identity = { type: 'c8y_Serial', externalId: 'a b+c', managedObject: { id: made.id } };
  await client.identity.create(identity);
  assert.equal(await refusal(client.identity.create(identity)), 409);
  assert.equal((await client.identity.detail(identity)).data.managedObject.id, made.id);
  assert.equal((await client.identity.list(made.id)).data.length, 1);
  await client.identity.delete(identity);
  assert.equal(await refusal(client.identity.detail(identity)), 404);
});

test('what a device measures', async t => {
  const { client } = served;
  const made = await device(t, client);
  await client.measurement.create({ sourceId: made.id, type: 'c8y_T', c8y_T: { T: { value: 1, unit: 'C' } } });
  await eventually('supported series', async () => (await client.inventory.getSupportedSeries(made.id)).includes('c8y_T.T'));
  assert.deepEqual(await client.inventory.getSupportedMeasurements(made.id), ['c8y_T']);
  assert.deepEqual(await client.inventory.getMeasurementsAndSeries(made.id), [{ fragment: 'c8y_T', series: 'T' }]);
  const { data: entry } = await client.inventory.create({ name: 'Warmth', c8y_Kpi: { fragment: 'c8y_T', series: 'T' } });
  await client.inventory.create({ name: 'Pressure', c8y_Kpi: { fragment: 'c8y_P', series: 'P' } });
  assert.deepEqual((await client.inventory.assetKPIsList(made.id)).data.map(({ id }) => id), [entry.id]);
});
