// A certificate that signs itself, which Node can read but not make: enough of DER for one.
import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag, ...parts) => {
  const content = Buffer.concat(parts);
  const length = [content.length >> 8, content.length & 0xff];
  const size = content.length < 128 ? length.slice(1) : content.length < 256 ? [0x81, length[1]] : [0x82, ...length];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts) => der(0x30, ...parts);
const hex = text => Buffer.from(text, 'hex');
const time = date => der(0x17, Buffer.from(date.toISOString().replace(/^..|[-:T]|\.\d+/g, ''))); // 260102030405Z
const ecdsaWithSHA256 = sequence(der(0x06, hex('2a8648ce3d040302')));

/** Makes a certificate of a name that is good for a day, as PEM, and the means to sign a text with its key. */
export function certificate(commonName) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(der(0x06, hex('550403')), der(0x0c, Buffer.from(commonName)))));
  const serial = der(0x02, Buffer.from([1, ...Buffer.from(commonName)].slice(0, 16)));
  const now = Date.now();
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))), serial, ecdsaWithSHA256, name,
    sequence(time(new Date(now - 3600_000)), time(new Date(now + 86_400_000))), name, publicKey.export({ type: 'spki', format: 'der' }),
  );
  const whole = sequence(body, ecdsaWithSHA256, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    sign: text => sign('sha256', Buffer.from(text), privateKey).toString('base64'),
  };
}
