// The CometD client of the library.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BearerAuth, Client } from '@c8y/client';
import { admin, device, eventually, serve } from './tenant.js';

const served = serve();

/** The next message on a channel that is wanted. */
function next(client, channel, wanted = () => true) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nothing on ${channel}`)), 20_000);
    const subscription = client.realtime.subscribe(channel, ({ data }) => {
      if (!wanted(data)) return;
      clearTimeout(timer);
      client.realtime.unsubscribe(subscription);
      resolve(data);
    });
  });
}

/** Waits until the tenant has taken as many subscriptions. */
function subscribed(client, count) {
  return new Promise((resolve, reject) => {
    client.realtime.cometd.addListener('/meta/subscribe', ({ successful, error }) => {
      if (!successful) reject(new Error(error));
      if (--count === 0) resolve();
    });
  });
}

for (const [how, signIn] of [
  ['Basic', async () => served.as(admin)],
  ['a token', async () => new Client(new BearerAuth(await Client.loginViaOAuthInternal(admin, true, served.address)), served.address)],
]) {
  test(`realtime with ${how}`, async t => {
    const client = await signIn();
    t.after(() => client.realtime.disconnect());
    const source = await device(t, served.client);
    const mine = ({ data }) => data?.source?.id === source.id || data?.id === source.id;
    const messages = [next(client, `/alarms/${source.id}`), next(client, '/events/*', mine), next(client, `/managedobjects/${source.id}`, mine)];
    await subscribed(client, messages.length);
    const { data: alarm } = await served.client.alarm.create({
      source: { id: source.id }, type: 'c8y_Hot', text: 'hot', severity: 'MAJOR', time: new Date().toISOString(),
    });
    const { data: event } = await served.client.event.create({ source: { id: source.id }, type: 'c8y_Door', text: 'open', time: new Date().toISOString() });
    await served.client.inventory.update({ id: source.id, name: 'renamed' });
    const [ofAlarm, ofEvent, ofObject] = await Promise.all(messages);
    assert.equal(ofAlarm.realtimeAction, 'CREATE');
    assert.equal(ofAlarm.data.id, alarm.id);
    assert.equal(ofEvent.data.id, event.id);
    assert.equal(ofObject.realtimeAction, 'UPDATE');
  });
}

test('listeners, and starting over', async t => {
  const client = served.as(admin);
  const source = await device(t, served.client);
  const { realtime } = client;
  assert.equal(realtime.isDisconnected(), true);
  const seen = { handshakes: 0, connects: 0 };
  realtime.addHandshakeListener(() => seen.handshakes++);
  const connects = realtime.addConnectListener(() => seen.connects++);
  const received = [];
  const subscription = realtime.subscribe(`/managedobjects/${source.id}`, ({ data }) => received.push(data.data.name));
  await subscribed(client, 1);
  assert.equal(realtime.isDisconnected(), false);
  await eventually('it is connected', () => seen.connects > 0);
  await served.client.inventory.update({ id: source.id, name: 'one' });
  await eventually('the first is told', () => received.includes('one'));
  realtime.removeListener(connects);
  const connected = seen.connects;

  await new Promise(resolve => realtime.disconnect(resolve));
  assert.equal(realtime.isDisconnected(), true);
  await served.client.inventory.update({ id: source.id, name: 'missed' });
  realtime.subscribe('/alarms/*', () => {}); // shakes hands again
  await subscribed(client, 1);
  assert.equal(seen.handshakes, 2);
  realtime.resubscribe(subscription);
  await subscribed(client, 1);
  await served.client.inventory.update({ id: source.id, name: 'two' });
  await eventually('the second is told', () => received.includes('two'));
  assert.ok(!received.includes('missed')); // nothing is told twice, or later
  assert.equal(seen.connects, connected);
  await new Promise(resolve => realtime.disconnect(resolve));
});
