// The demo tenant that the browser visits, over HTTPS, without which the user interface signs nobody in.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // the certificate is made for the occasion

/** Serves a tenant: by the program that C8YX names, or by one built from the sources around. */
export function serve() {
  const served = { address: '', get, deploy };
  let demo, folder;

  async function call(path, options = {}) {
    const authorization = `Basic ${btoa('t4711/admin:demo-Admin.1')}`;
    const answer = await fetch(served.address + path, { ...options, headers: { authorization, accept: 'application/json', ...options.headers } });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
  function get(path) {
    return call(path);
  }
  /** Makes a web application of an archive, as developers do on the platform. */
  async function deploy(contextPath, archive) {
    const { id } = await call('/application/applications', {
      method: 'POST', headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: contextPath, key: `${contextPath}-key`, contextPath, type: 'HOSTED' }),
    });
    const form = new FormData();
    form.append('file', new Blob([archive]), 'application.zip');
    const binary = await call(`/application/applications/${id}/binaries`, { method: 'POST', body: form });
    await call(`/application/applications/${id}`, {
      method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ activeVersionId: binary.id }),
    });
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'c8yx-'));
    let program = process.env.C8YX;
    if (!program) {
      program = join(folder, 'c8yx');
      const built = spawnSync('go', ['build', '-o', program, '.'], { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: 'inherit' });
      if (built.status !== 0) throw new Error('c8yx cannot be built');
    }
    demo = spawn(program, ['demo', '--tls', '--listen', '127.0.0.1:0', '--log', join(folder, 'log')], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(demo.stdout)) {
      const [, address] = line.match(/ answers at (\S+)/) ?? [];
      if (address) {
        served.address = address;
        break;
      }
    }
    if (!served.address) throw new Error(`${program} demo does not say where it answers`);
    demo.stdout.resume(); // or the program would block
  });
  after(() => {
    demo?.kill();
    rmSync(folder, { recursive: true });
  });
  return served;
}
