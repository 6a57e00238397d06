// The demo tenant that the tests share: served by the program that C8YX names, or by one built from the sources around.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { BasicAuth, Client } from '@c8y/client';
import { note } from './services.js';

if (process.env.C8YX_CALLED) note(process.env.C8YX_CALLED);

export const tenant = 't4711';
export const admin = { tenant, user: 'admin', password: 'demo-Admin.1' };
export const bootstrap = { tenant: 'management', user: 'devicebootstrap', password: 'demo-Bootstrap.1' };

/** Serves a tenant of its own for the tests of one file. Its address is known once they run. */
export function serve() {
  const served = { address: '', client: undefined, as, letters };
  /** A client of somebody. It knows its tenant, which is in many paths. */
  function as(credentials) {
    const client = new Client(new BasicAuth(credentials), served.address);
    client.core.tenant = credentials.tenant;
    return client;
  }
  /** The codes that a user was sent by mail and SMS, the latest last. No network carries them: they are in the log. */
  function letters(user) {
    const log = readFileSync(join(folder, 'log'), 'utf8');
    return [...log.matchAll(new RegExp(` user=${user} code=(\\S+)`, 'g'))].map(([, code]) => code);
  }
  let demo, folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'c8yx-'));
    let program = process.env.C8YX;
    if (!program) {
      program = join(folder, 'c8yx');
      const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: 'inherit' });
      if (built.status !== 0) throw new Error('c8yx cannot be built');
    }
    demo = spawn(program, ['demo', '--listen', '127.0.0.1:0', '--devices', '60', '--log', join(folder, 'log')], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(demo.stdout)) {
      const [, address] = line.match(/ answers at (\S+)/) ?? [];
      if (address) {
        served.address = address;
        break;
      }
    }
    if (!served.address) throw new Error(`${program} demo does not say where it answers`);
    demo.stdout.resume(); // or the program would block
    served.client = served.as(admin);
  });
  after(() => {
    demo?.kill();
    rmSync(folder, { recursive: true });
  });
  return served;
}

/** Waits until a condition holds: some effects come a little later, as on the platform. */
export async function eventually(what, condition) {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    if (await condition()) return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new Error(`not yet: ${what}`);
}

/** Makes a device that is an agent, and deletes it when the test is over. */
export async function device(t, client, name = t.name) {
  const { data } = await client.inventory.create({ name, c8y_IsDevice: {}, com_cumulocity_model_Agent: {} });
  t.after(async () => assert.ok([undefined, 404].includes(await refusal(client.inventory.delete(data.id, { cascade: true })))));
  return data;
}

/** The status with which the tenant refuses. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    if (error.res) return error.res.status;
    throw error;
  }
  return undefined;
}
