// Computes every hash anew, in the reader's own browser. Each entry's text begins with the hash of the entry before it.
const words = document.getElementById('words').dataset;
const hex = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
  .map((byte) => byte.toString(16).padStart(2, '0')).join('');
const say = (id, text, good) => {
  const place = document.getElementById(id);
  place.textContent = text;
  place.className = 'verdict ' + (good ? 'good' : 'bad');
};

const checkChain = async () => {
  const table = document.getElementById('links');
  let before = '0'.repeat(64);
  let expected = 1;
  let faults = 0;
  let withheld = 0;
  for (const link of window.CHAIN.links) {
    let good = link.position === expected && link.previous === before;
    if (link.text === null) {
      withheld++;
    } else {
      good = good && link.text.startsWith(`64:${before}\n`)
        && await hex(new TextEncoder().encode(link.text)) === link.hash;
    }
    faults += good ? 0 : 1;
    const row = table.insertRow();
    [link.position, link.hash, good ? (link.text === null ? words.hidden : words.ok) : words.altered]
      .forEach((text) => { row.insertCell().textContent = text; });
    row.className = good ? '' : 'bad';
    before = link.hash;
    expected = link.position + 1;
  }
  const whole = faults === 0 && window.CHAIN.hash === before && window.CHAIN.entries === expected - 1;
  say('chain', (whole ? words.good : words.bad) + (withheld ? ' ' + words.withheld : ''), whole);
};

const checkFiles = async (chosen) => {
  const files = new Map(Array.from(chosen, (file) => [file.webkitRelativePath.replace(/^[^/]*\//, ''), file]));
  const list = document.getElementById('faults');
  list.replaceChildren();
  if (!files.has('manifest.json')) {
    say('manifest', words.noManifest, false);
    return;
  }
  const manifest = JSON.parse(await files.get('manifest.json').text());
  const faults = [];
  for (const item of manifest.files) {
    const file = files.get(item.path);
    if (!file || await hex(await file.arrayBuffer()) !== item.sha256) faults.push(item.path);
    files.delete(item.path);
  }
  ['manifest.json', 'SHA256SUMS'].forEach((name) => files.delete(name));
  faults.push(...files.keys());
  faults.forEach((path) => { list.appendChild(document.createElement('li')).textContent = path; });
  say('manifest', faults.length === 0 ? words.filesGood : words.filesBad, faults.length === 0);
};

checkChain();
document.getElementById('folder').addEventListener('change', (event) => checkFiles(event.target.files));
