// Runs the tests, and fails if the vendor's library declares a method of a service that none of them has called.
// node --test FILE runs the tests of a file alone.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { declared } from './services.js';

/** What cannot be called, and why. */
const beyond = {
  'ApplicationBinaryService.getXMLHttpResponse': 'waits for an XMLHttpRequest, which only browsers have',
  'ApplicationBinaryService.uploadWithProgressXhr': 'makes an XMLHttpRequest, which only browsers have',
  'InventoryBinaryService.createWithProgress': 'makes an XMLHttpRequest, which only browsers have',
  'InventoryBinaryService.getXMLHttpResponse': 'waits for an XMLHttpRequest, which only browsers have',
};

const folder = mkdtempSync(join(tmpdir(), 'c8yx-called-'));
const file = join(folder, 'called');
writeFileSync(file, '');
const { status } = spawnSync(process.execPath, ['--test'], { stdio: 'inherit', env: { ...process.env, C8YX_CALLED: file } });
const called = new Set(readFileSync(file, 'utf8').split('\n'));
rmSync(folder, { recursive: true });
const all = declared();
const missing = all.filter(name => !called.has(name) && !beyond[name]);
const needless = Object.keys(beyond).filter(name => called.has(name) || !all.includes(name));
console.log(`${all.length - missing.length} of ${all.length} methods of the services are called, or cannot be`);
if (missing.length > 0) console.error(`nobody calls ${missing.join(', ')}`);
if (needless.length > 0) console.error(`these need no excuse: ${needless.join(', ')}`);
process.exitCode = status || missing.length > 0 || needless.length > 0 ? 1 : 0;
