// Walks through the vendor's components in a browser: signs in, opens places, acts, and looks at what the tenant answers.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { application, contextPath } from './page.js';
import { serve } from './tenant.js';

const served = serve();
let browser, page;
const refused = []; // what the tenant answered with an error

before(async () => {
  await served.deploy(contextPath, await application());
  browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--ignore-certificate-errors', '--lang=en'] });
  page = await browser.newPage();
  await page.setViewport({ width: 1400, height: 1200 });
  page.on('pageerror', error => console.error(error));
  page.on('response', answer => {
    const path = answer.url().slice(served.address.length);
    if (answer.status() >= 400 && !/^\/apps\/|favicon/.test(path)) refused.push(`${answer.status()} ${answer.request().method()} ${path}`);
  });
  await page.goto(`${served.address}/apps/${contextPath}/index.html`);
  await page.waitForSelector('input[name=user]', { timeout: 60_000 });
  if (await page.$('input[name=tenant]')) await page.type('input[name=tenant]', 't4711');
  await page.type('input[name=user]', 'admin');
  await page.type('input[name=password]', 'demo-Admin.1').catch(async () => { // the field was drawn anew
    await page.keyboard.press('Tab');
    await page.keyboard.type('demo-Admin.1');
  });
  await page.click('button[type=submit]');
  await see('A. Lindqvist');
  refused.length = 0; // before signing in it asks whether somebody is
});
after(() => browser?.close());

/** Waits until the page shows a text, whatever its spacing. */
async function see(text) {
  const shown = () => page.evaluate(() => document.body.innerText.replace(/\s+/g, ' '));
  for (let tries = 0; tries < 100; tries++) {
    if ((await shown()).includes(text)) return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  assert.fail(`“${text}” is not on the page:\n${await shown()}`);
}

/** Opens a place, which has to show some texts. What the tenant refuses meanwhile fails the test, but for what is expected. */
async function opens(place, texts, expected = /support/) {
  refused.length = 0;
  await page.evaluate(place => { location.hash = `#/${place}`; }, place);
  for (const text of texts) await see(text);
  assert.deepEqual(refused.filter(line => !expected.test(line)), []);
}

/** Presses a button by its label. */
const press = label => page.evaluate(label => {
  [...document.querySelectorAll('button')].find(button => button.innerText.trim() === label).click();
}, label);

test('the places of Device management', async () => {
  await opens('deviceregistration', ['8 new devices', 'HVE-26009002C', 'Pending acceptance']);
  await opens('assetsearch?search=prensa', ['searching "prensa"', 'Search results']);
  await opens('devicecontrol/single', ['Single operations', 'Restart device']);
  await opens('devicecontrol/bulk', ['Restart all line gateways', '9 failed']);
  await opens('files', ['Files repository', 'text/plain']);
  await opens('software', ['mosquitto For c8y_Linux c8y_Linux apt 1']); // with its version
  await opens('firmware', ['edgebox-os', '1 version']);
  await opens('configuration', ['Configuration repository']);
  await opens('device-profiles', ['Device profiles']);
});

test('the places of Administration', async () => {
  await opens('trusted-certificates/certificates', ['HV Device CA 2024']);
  await opens('tenants', ['Aguas del Norte S.A.', 'aguas-del-norte.demo.example']);
  await opens('ecosystem/application/applications', ['Shift book What the shifts tell each other']);
  await opens('ecosystem/microservice/microservices', ['Vision-check', '0.9.0-rc2']);
  await opens('auth-configuration/basic_settings', ['Preferred login mode'], /options|OAUTH2/);
});

test('a device is accepted', async () => {
  await opens('deviceregistration', ['8 new devices']);
  await press('Accept');
  await see('Device registration accepted.');
  const { newDeviceRequests } = await served.get('/devicecontrol/newDeviceRequests?pageSize=100');
  assert.equal(newDeviceRequests.filter(request => request.status === 'ACCEPTED').length, 2);
});
