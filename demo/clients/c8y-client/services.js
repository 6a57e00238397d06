// What the vendor's library declares that its services can do, and which of it the tests have called.
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as library from '@c8y/client';

/** The public methods of all services, as "AlarmService.detail", read from the declarations of the package. */
export function declared() {
  const root = join(dirname(createRequire(import.meta.url).resolve('@c8y/client/package.json')), 'lib');
  const methods = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.d.ts') || entry.parentPath.includes('test')) continue;
    let service = '';
    for (const line of readFileSync(join(entry.parentPath, entry.name), 'utf8').split('\n')) {
      const [, name] = line.match(/^export declare (?:abstract )?class (\w+)/) ?? [];
      if (name) service = /Service$|^Realtime$/.test(name) && library[name] ? name : '';
      const [, method] = line.match(/^ {4}(\w+)(?:<[^(]*>)?\(/) ?? [];
      if (service && method && method !== 'constructor') methods.push(`${service}.${method}`);
    }
  }
  return [...new Set(methods)].sort();
}

/** Notes in a file what is called from now on, until the process ends. */
export function note(file) {
  const called = new Set();
  for (const name of declared()) {
    const [service, method] = name.split('.');
    const prototype = library[service].prototype;
    const own = Object.getOwnPropertyDescriptor(prototype, method);
    if (typeof own?.value !== 'function') continue;
    prototype[method] = function (...args) {
      called.add(name);
      return own.value.apply(this, args);
    };
  }
  process.on('exit', () => appendFileSync(file, [...called, ''].join('\n')));
}
