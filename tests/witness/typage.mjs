// Lets age-encryption (typage) seal and open for the tests: the file comes on stdin, goes to stdout.
//
//   node typage.mjs keygen                     an identity and its recipient, one a line
//   node typage.mjs recipient IDENTITY
//   node typage.mjs encrypt RECIPIENT...
//   node typage.mjs decrypt IDENTITY
//   node typage.mjs encrypt-passphrase PASSPHRASE
//   node typage.mjs decrypt-passphrase PASSPHRASE
//   node typage.mjs armor | dearmor
import { readFileSync, writeSync } from "node:fs";
import {
  Decrypter,
  Encrypter,
  armor,
  generateHybridIdentity,
  identityToRecipient,
} from "age-encryption";

const [verb, ...words] = process.argv.slice(2);
const input = () => new Uint8Array(readFileSync(0));

function encrypter(prepare) {
  const one = new Encrypter();
  prepare(one);
  return one.encrypt(input());
}

function decrypter(prepare) {
  const one = new Decrypter();
  prepare(one);
  return one.decrypt(input());
}

const verbs = {
  keygen: async () => {
    const identity = await generateHybridIdentity();
    return `${identity}\n${await identityToRecipient(identity)}\n`;
  },
  recipient: async () => `${await identityToRecipient(words[0])}\n`,
  encrypt: () => encrypter((one) => words.forEach((word) => one.addRecipient(word))),
  decrypt: () => decrypter((one) => one.addIdentity(words[0])),
  "encrypt-passphrase": () =>
    encrypter((one) => {
      one.setScryptWorkFactor(10);
      one.setPassphrase(words[0]);
    }),
  "decrypt-passphrase": () => decrypter((one) => one.addPassphrase(words[0])),
  armor: async () => armor.encode(input()),
  dearmor: async () => armor.decode(new TextDecoder().decode(input())),
};

const result = await verbs[verb]();
const bytes = typeof result === "string" ? new TextEncoder().encode(result) : result;
for (let at = 0; at < bytes.length; ) {
  at += writeSync(1, bytes, at);
}
