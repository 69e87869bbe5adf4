// Lists what a program is made of, as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): the packages that its build resolved, with their hashes, and what needs what.
//   node tests/sbom.mjs samples/Gateway/obj/project.assets.json > gateway.cdx.json
// The same assets give the same bytes: there is no time in it, and its number is made of its content. It ends with an error where something has no hash or is needed
// and not there.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const assets = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const name = assets.project.restore.projectName;
const [, target] = Object.entries(assets.targets).sort(([one], [other]) => other.length - one.length)[0]; // that of the runtime, where one is published
const refOf = (id, version) => `pkg:nuget/${id}@${version}`;
const byName = new Map(Object.keys(target).map((key) => [key.split('/')[0].toLowerCase(), key]));
const fail = (message) => {
  console.error(`sbom: ${message}`);
  process.exit(1);
};

const components = Object.entries(target)
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([key, { type }]) => {
    const [id, version] = key.split('/');
    const component = { type: 'library', 'bom-ref': refOf(id, version), name: id, version };
    if (type !== 'package') return component; // a project of this repository
    const hash = Buffer.from(assets.libraries[key].sha512 ?? '', 'base64');
    if (hash.length !== 64) fail(`${key} has no hash`);
    return { ...component, purl: refOf(id, version), hashes: [{ alg: 'SHA-512', content: hash.toString('hex') }] };
  });
const needed = (id) => byName.get(id.toLowerCase()) ?? fail(`${id} is needed and not there`);
const refOfKey = (key) => refOf(...key.split('/'));
const root = refOf(name, assets.project.version);
const direct = Object.values(assets.projectFileDependencyGroups).flat().map((line) => line.split(' ')[0]);
const dependencies = [
  { ref: root, dependsOn: [...new Set(direct.map(needed).map(refOfKey))].sort() },
  ...Object.entries(target).map(([key, { dependencies }]) => ({ ref: refOfKey(key), dependsOn: Object.keys(dependencies ?? {}).map(needed).map(refOfKey).sort() })),
].sort((one, other) => (one.ref < other.ref ? -1 : 1));
if (new Set(components.map((one) => one['bom-ref'])).size !== components.length) fail('a component is there twice');
if (components.length < 5) fail(`there are only ${components.length} components`);

const content = { metadata: { component: { type: 'application', 'bom-ref': root, name, version: assets.project.version } }, components, dependencies };
const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
const number = [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
console.log(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${number}`, version: 1, ...content }, null, 2));
