// What mail programs do not support, or only in part, of some mails' HTML. Prints {program: {errors: [...], warnings: [...]}}.
import fs from 'node:fs';
import { caniemail } from 'caniemail';
import { clientNames } from './node_modules/caniemail/dist/clients.js';

// The data has the web and the new Windows Outlook, which are one program; the list of names leaves it out.
clientNames.push('outlook.outlook-com');

const clients = ['gmail.*', 'outlook.windows', 'outlook.outlook-com', 'apple-mail.*', 'yahoo.*'];
const found = {};
for (const file of process.argv.slice(2)) {
  const { issues } = caniemail({ clients, html: fs.readFileSync(file, 'utf8') });
  for (const kind of ['errors', 'warnings']) {
    for (const [client, features] of issues[kind]) {
      found[client] ??= { errors: new Set(), warnings: new Set() };
      for (const feature of features) found[client][kind].add(feature.title);
    }
  }
}
const sorted = Object.keys(found).sort().map((client) => [
  client,
  { errors: [...found[client].errors].sort(), warnings: [...found[client].warnings].sort() },
]);
console.log(JSON.stringify(Object.fromEntries(sorted)));
