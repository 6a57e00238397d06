// The application, bundled and packed as the platform wants it.
import { build } from 'esbuild';
import { archive } from '../c8y-client/archive.js';

export const contextPath = 'devicemanagement-by-hand';

const options = {
  name: contextPath, contextPath, key: `${contextPath}-key`, brandingUrl: 'branding.css',
  languages: { en: { name: 'English', nativeName: 'English', url: 'en.json' } },
};

const index = `<!doctype html>
<html>
  <head><title>Device management</title><base href="/apps/${contextPath}/"></head>
  <body>
    <script>window.process = { env: {} };</script>
    <script id="static-options" type="application/json">${JSON.stringify(options)}</script>
    <c8y-bootstrap></c8y-bootstrap>
    <script type="module" src="app.js"></script>
  </body>
</html>`;

/** Makes the archive of the application. */
export async function application() {
  const { outputFiles: [bundle] } = await build({
    entryPoints: ['app.ts'], bundle: true, minify: true, write: false, format: 'esm',
    target: 'es2016', supported: { bigint: true }, // zone.js does not see async functions that are none of its own
    define: { global: 'window', __MODE__: '"production"', __VERSION_NG1__: '""', __VERSION_NGX__: '"1019.18.0"', __VERSION_PACKAGE__: '"1"', __ENTRY_BRANDING__: '""' },
    loader: { '.less': 'empty' }, logLevel: 'error',
  });
  return archive({ 'index.html': index, 'app.js': bundle.contents, 'branding.css': '', 'en.json': '{"en":{}}', 'cumulocity.json': JSON.stringify(options) });
}
