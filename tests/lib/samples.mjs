// Real values for the {names} of addresses, found the way a person finds them:
// on pages.  Every walk over all addresses (permissions, browser) uses these.
import { dig } from './client.mjs';

// What the API says of itself: one row an operation.
export async function operations(client) {
  const r = await client.exchange('GET', '/api/openapi.json');
  if (r.status !== 200 || !r.json?.paths)
    throw new Error(`/api/openapi.json answered ${r.status}`);
  const rows = [];
  for (const [path, item] of Object.entries(r.json.paths))
    for (const [method, op] of Object.entries(item))
      if (/^(get|post)$/.test(method))
        rows.push({ path, method: method.toUpperCase(), op,
          permission: op['x-permission'] ?? 'anyone',
          roles: op['x-roles'] ?? [],
          raw: Boolean(op['x-raw']), stream: Boolean(op['x-stream']) });
  return { document: r.json, rows };
}

// The first member of this name anywhere in a tree.
export function firstOf(tree, name, accept = () => true) {
  if (tree === null || typeof tree !== 'object') return undefined;
  if (!Array.isArray(tree) && name in tree && accept(tree[name], tree))
    return tree[name];
  for (const child of Object.values(tree)) {
    const found = firstOf(child, name, accept);
    if (found !== undefined) return found;
  }
  return undefined;
}

// Replaces {name} by sample values; undefined when one is not known.
export function fillPath(path, samples) {
  let missing;
  const filled = path.replace(/\{(\w+)\}/g, (all, name) => {
    const prefix = path.slice(0, path.indexOf(all));
    const value = samples[`${path} ${name}`] ?? samples[prefix + name] ??
      samples[name];
    if (value === undefined) missing = `${prefix}{${name}}`;
    return encodeURIComponent(value ?? '');
  });
  return missing ? { missing } : { filled };
}

export { dig };
