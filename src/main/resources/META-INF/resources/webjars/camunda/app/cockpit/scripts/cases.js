// "Cases" in Cockpit: search, one case with its path, statistics. Reads our own API only; nothing here changes a case.
const chinese = (window.localStorage.getItem('camunda-language') || navigator.language || '').startsWith('zh');
const language = chinese ? 'zh' : 'en';
const VIEWER = '/vendor/bpmn-js/';

function read(path, values) {
  const address = new URL('/api/audit/' + path, window.location.origin);
  Object.entries(Object.assign({ language: language }, values)).forEach(function (entry) {
    if (entry[1] !== undefined && entry[1] !== null && entry[1] !== '') {
      address.searchParams.set(entry[0], entry[1]);
    }
  });
  return fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } }).then(function (answer) {
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.json();
  });
}

const desk = read('desk').catch(function () {
  return { cases: false, statistics: false, mayChange: true, texts: {}, carriers: {}, causes: {}, outcomes: {}, stages: {} };
});

// Stock pages show everybody the buttons of operators; who may not press them need not see them. The server refuses anyway.
desk.then(function (reader) {
  if (!reader.mayChange) {
    document.body.classList.add('jf-reads-only');
  }
});

/** An element; children are texts or elements, so that nothing of a case is ever read as markup. */
function h(tag, attributes) {
  const element = document.createElement(tag);
  Object.entries(attributes || {}).forEach(function (entry) {
    if (typeof entry[1] === 'function') {
      element.addEventListener(entry[0], entry[1]);
    } else if (entry[1] !== null && entry[1] !== undefined && entry[1] !== false) {
      element.setAttribute(entry[0], entry[1] === true ? '' : entry[1]);
    }
  });
  Array.prototype.slice.call(arguments, 2).flat(3).forEach(function (child) {
    if (child !== null && child !== undefined && child !== '') {
      element.append(child);
    }
  });
  return element;
}

function table(id, caption, columns, rows, nothing) {
  if (rows.length === 0) {
    return h('p', { id: id, class: 'text-muted' }, nothing);
  }
  return h('div', { class: 'jf-scroll' },
    h('table', { id: id, class: 'table table-condensed table-hover cam-table' },
      h('caption', { class: 'sr-only' }, caption),
      h('thead', {}, h('tr', {}, columns.map(function (column) { return h('th', { scope: 'col' }, column); }))),
      h('tbody', {}, rows.map(function (row) {
        return row instanceof Element ? row : h('tr', {}, row.map(function (cell) { return h('td', {}, cell); }));
      }))));
}

function time(iso) {
  return iso ? new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit'
  }).format(new Date(iso)) : '';
}

function duration(millis) {
  if (millis === null || millis === undefined) {
    return '';
  }
  const units = chinese ? [' 天', ' 小时', ' 分', ' 秒', ' 毫秒'] : [' d', ' h', ' min', ' s', ' ms'];
  const sizes = [86400000, 3600000, 60000, 1000, 1];
  const at = sizes.findIndex(function (size) { return millis >= size; });
  if (at < 0) {
    return '0' + units[4];
  }
  const rest = at < 3 ? Math.floor((millis % sizes[at]) / sizes[at + 1]) : 0;
  return Math.floor(millis / sizes[at]) + units[at] + (rest ? ' ' + rest + units[at + 1] : '');
}

/** What stands in the address behind the page's own path. */
function wanted() {
  return Object.fromEntries(new URLSearchParams((window.location.hash.split('?')[1] || '')));
}

function address(path, values) {
  const parameters = new URLSearchParams();
  Object.entries(values || {}).forEach(function (entry) {
    if (entry[1] !== undefined && entry[1] !== null && entry[1] !== '') {
      parameters.set(entry[0], entry[1]);
    }
  });
  const text = parameters.toString();
  return '#' + path + (text ? '?' + text : '');
}

let viewer;

/** bpmn-js, loaded when the first diagram is drawn. It would take a module loader for its own, so there is none meanwhile. */
function loadViewer() {
  if (!viewer) {
    ['diagram-js.css', 'bpmn-js.css'].forEach(function (sheet) {
      document.head.append(h('link', { rel: 'stylesheet', href: VIEWER + sheet }));
    });
    viewer = new Promise(function (done, failed) {
      const define = window.define;
      window.define = undefined;
      const script = h('script', { src: VIEWER + 'bpmn-navigated-viewer.production.min.js' });
      script.onload = function () {
        window.define = define;
        done(window.BpmnJS);
      };
      script.onerror = function () {
        window.define = define;
        viewer = undefined;
        failed(new Error('viewer'));
      };
      document.head.append(script);
    });
  }
  return viewer;
}

function draw(place, xml) {
  return loadViewer().then(function (Viewer) {
    const drawn = new Viewer({ container: place });
    return drawn.importXML(xml).then(function () {
      drawn.get('canvas').zoom('fit-viewport', 'auto');
      return drawn;
    });
  });
}

function page(title, render) {
  return function (node) {
    const root = h('div', { class: 'jf-cases', 'data-language': language });
    node.append(root);
    desk.then(function (reader) {
      document.title = 'Jiefeng 解封 | ' + (reader.texts[title] || '');
      return render(root, reader.texts, reader);
    }).catch(function () {
      desk.then(function (reader) {
        root.append(h('p', { class: 'alert alert-danger', role: 'alert' }, reader.texts.failed || '—'));
      });
    });
  };
}

function choice(id, label, names, chosen, any) {
  return h('div', { class: 'form-group' },
    h('label', { for: 'jf-' + id }, label),
    h('select', { id: 'jf-' + id, name: id, class: 'form-control' },
      any ? h('option', { value: '' }, any) : null,
      Object.entries(names).map(function (entry) {
        return h('option', { value: entry[0], selected: entry[0] === chosen }, entry[1]);
      })));
}

function field(id, label, type, value, hint) {
  return h('div', { class: 'form-group' },
    h('label', { for: 'jf-' + id }, label),
    h('input', { id: 'jf-' + id, name: id, type: type, class: 'form-control', value: value || '', placeholder: hint, maxlength: 60, autocomplete: 'off' }));
}

const search = page('title', function (root, t, reader) {
  const asked = wanted();
  const form = h('form', { class: 'jf-search', role: 'search',
    submit: function (event) {
      event.preventDefault();
      window.location.hash = address('/cases', Object.fromEntries(new FormData(form)));
    } },
    field('number', t.number, 'text', asked.number, t.numberHint),
    field('person', t.person, 'text', asked.person, t.personHint),
    choice('carrier', t.carrier, reader.carriers, asked.carrier, t.any),
    choice('cause', t.cause, reader.causes, asked.cause, t.any),
    choice('outcome', t.outcome, reader.outcomes, asked.outcome, t.any),
    choice('stage', t.stage, reader.stages, asked.stage, t.any),
    choice('state', t.state, { ALL: t['state.ALL'], RUNNING: t['state.RUNNING'], ENDED: t['state.ENDED'] }, asked.state),
    ['openedFrom', 'openedTo', 'closedFrom', 'closedTo'].map(function (day) { return field(day, t[day], 'date', asked[day]); }),
    h('div', { class: 'form-group jf-buttons' },
      h('button', { type: 'submit', class: 'btn btn-primary' }, t.search),
      h('a', { class: 'btn btn-default', href: '#/cases' }, t.reset)));
  const result = h('section', { 'aria-live': 'polite' });
  root.append(h('h1', {}, t.title), form, result);
  const number = Number(asked.page || 0);
  return read('cases', Object.assign({ size: 25 }, asked)).then(function (found) {
    const csv = new URLSearchParams(Object.assign({ language: language }, asked));
    ['page', 'order', 'ascending'].forEach(function (name) { csv.delete(name); });
    Array.from(csv.keys()).forEach(function (name) { if (!csv.get(name)) { csv.delete(name); } });
    const order = asked.order || 'OPENED';
    const up = asked.ascending === 'true';
    function heading(name, key) {
      const on = order === key;
      return h('th', { scope: 'col', 'aria-sort': on ? (up ? 'ascending' : 'descending') : null },
        h('a', { href: address('/cases', Object.assign({}, asked, { order: key, ascending: on && !up ? 'true' : '', page: '' })) },
          t['column.' + name], on ? (up ? ' ▲' : ' ▼') : ''));
    }
    function plain(name) {
      return h('th', { scope: 'col' }, t['column.' + name]);
    }
    const pages = Math.max(1, Math.ceil(found.total / found.size));
    result.append(
      h('div', { class: 'jf-bar' },
        h('strong', { id: 'jf-total' }, found.total.toLocaleString('en-US') + ' ' + t.found),
        h('a', { id: 'jf-export', class: 'btn btn-default', href: '/api/audit/cases.csv?' + csv, download: '', title: t.exportHint }, t.export)),
      found.cases.length === 0 ? h('p', { class: 'text-muted' }, t.none)
        : h('div', { class: 'jf-scroll' }, h('table', { id: 'jf-found', class: 'table table-hover cam-table' },
          h('caption', { class: 'sr-only' }, t.title),
          h('thead', {}, h('tr', {}, heading('number', 'NUMBER'), plain('employee'), plain('carrier'), plain('account'),
            plain('causes'), plain('stage'), plain('outcome'), heading('opened', 'OPENED'), heading('closed', 'CLOSED'))),
          h('tbody', {}, found.cases.map(function (one) {
            return h('tr', {},
              h('td', { class: 'jf-nowrap' }, h('a', { href: '#/cases/' + one.number }, one.number)),
              h('td', {}, (one.employee || '') + ' (' + one.employeeId + ')'),
              h('td', {}, one.carrier), h('td', { class: 'jf-nowrap' }, one.account), h('td', {}, one.causes),
              h('td', {}, one.stage), h('td', {}, one.outcome),
              h('td', { class: 'jf-nowrap' }, one.openedAt), h('td', { class: 'jf-nowrap' }, one.closedAt));
          })))),
      h('nav', { class: 'jf-bar', 'aria-label': t.page },
        number > 0 ? h('a', { href: address('/cases', Object.assign({}, asked, { page: number - 1 })) }, t.previous) : '',
        h('span', {}, t.page + ' ' + (number + 1) + ' ' + t.of + ' ' + pages),
        number + 1 < pages && (number + 2) * found.size <= 10000
          ? h('a', { href: address('/cases', Object.assign({}, asked, { page: number + 1 })) }, t.next)
          : (number + 1 < pages ? h('span', { class: 'text-muted' }, t.tooFar) : '')));
  });
});

function count(steps) {
  const counts = {};
  steps.forEach(function (step) { counts[step.elementId] = (counts[step.elementId] || 0) + 1; });
  return counts;
}

/** Colours what was passed and says how often; a click on a call activity goes down into what it called. */
function showPath(place, view, number, t) {
  return draw(place, view.diagram).then(function (drawn) {
    const canvas = drawn.get('canvas');
    const overlays = drawn.get('overlays');
    const known = drawn.get('elementRegistry');
    const running = new Set(view.details.steps.filter(function (step) { return !step.endedAt; }).map(function (step) { return step.elementId; }));
    Object.entries(count(view.details.steps)).forEach(function (entry) {
      if (known.get(entry[0])) {
        canvas.addMarker(entry[0], running.has(entry[0]) ? 'jf-running' : 'jf-passed');
        overlays.add(entry[0], { position: { top: -10, right: 10 }, html: h('span', { class: 'jf-count', title: entry[1] + ' ' + t.times }, String(entry[1])) });
      }
    });
    view.details.flows.forEach(function (flow) {
      if (known.get(flow)) {
        canvas.addMarker(flow, 'jf-taken');
      }
    });
    view.details.steps.filter(function (step) { return step.calledRun; }).forEach(function (step) {
      if (known.get(step.elementId)) {
        overlays.add(step.elementId, { position: { bottom: 8, left: 8 }, html: h('a', { class: 'jf-down', href: address('/cases/' + number, { process: step.calledRun }), title: t.openCalled, 'aria-label': t.openCalled }, '↳') });
      }
    });
  });
}

function values(list, t) {
  return h('ul', { class: 'list-unstyled' }, list.map(function (value) {
    return h('li', {}, h('span', { class: 'text-muted' }, value.name + ': '), value.value === null ? t.empty : value.value);
  }));
}

/** The table as it stood, fetched when it is opened; the rows that fired are marked, and said to be. */
function ruling(one, t, names) {
  const place = h('div', {});
  return h('details', { class: 'jf-ruling',
    toggle: function () {
      if (place.childNodes.length === 0) {
        place.append('…');
        read('decisions/' + encodeURIComponent(one.definitionId)).then(function (stood) {
          place.replaceChildren(
            h('p', { class: 'text-muted' }, t.version + ' ' + stood.version + ', ' + t.inForceSince + ' ' + time(stood.since)
              + (stood.note ? ', ' + t.revisedBy + ' ' + stood.note : '') + (stood.hitPolicy ? ', ' + t.hitPolicy + ' ' + stood.hitPolicy : '')),
            stood.expression ? h('pre', {}, stood.expression)
              : h('div', { class: 'jf-scroll' }, h('table', { class: 'table table-bordered table-condensed' },
                h('caption', { class: 'sr-only' }, t.table),
                h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t.rule), stood.inputs.concat(stood.outputs, t.annotation).map(function (column) { return h('th', { scope: 'col' }, column); }))),
                h('tbody', {}, stood.rows.map(function (row, at) {
                  const fired = one.fired.indexOf(row.id) >= 0;
                  return h('tr', { class: fired ? 'jf-fired' : null },
                    h('th', { scope: 'row' }, String(at + 1) + (fired ? ' ✔ ' + t.fired : '')),
                    row.inputs.map(function (cell) { return h('td', {}, cell || '–'); }),
                    row.outputs.map(function (cell) { return h('td', {}, cell); }),
                    h('td', { class: 'text-muted' }, row.annotation));
                })))));
        }).catch(function () { place.replaceChildren(t.failed); });
      }
    } },
    h('summary', {}, h('strong', {}, one.name), ' · ' + t.version + ' ' + one.version + ' · ' + time(one.at)
      + (one.elementId ? ' · ' + t.askedBy + ' ' + (names[one.elementId] || one.elementId) : '')),
    h('div', { class: 'jf-values' },
      h('div', {}, h('h4', {}, t.inputs), values(one.inputs, t)),
      h('div', {}, h('h4', {}, t.outputs), values(one.outputs, t), one.result ? h('p', {}, t.result + ': ' + one.result) : '',
        one.fired.length === 0 ? h('p', { class: 'text-muted' }, t.noRule) : '')),
    place);
}

function details(view, t) {
  const d = view.details;
  const names = {};
  d.steps.forEach(function (step) { names[step.elementId] = step.name || step.elementId; });
  const tasks = {};
  d.steps.forEach(function (step) { if (step.taskId) { tasks[step.taskId] = step.name; } });
  return [
    h('h3', {}, t.steps),
    table('jf-steps', t.steps, [t.step, t.type, t.who, t.begin, t.end, t.took, t.due], d.steps.map(function (step) {
      return [step.name || step.elementId, step.type, step.who, time(step.startedAt),
        (step.endedAt ? time(step.endedAt) : t.running) + (step.canceled ? ' (' + t.canceled + ')' : ''), duration(step.millis), time(step.dueAt)];
    }), t.nothing),
    h('h3', {}, t.decisions),
    d.rulings.length === 0 ? h('p', { class: 'text-muted' }, t.nothing) : h('div', { id: 'jf-rulings' }, d.rulings.map(function (one) { return ruling(one, t, names); })),
    h('h3', {}, t.variables),
    table('jf-variables', t.variables, [t.variable, t.value, t.changedAt, t.changedBy], d.variables.flatMap(function (variable) {
      return variable.changes.map(function (change, at) {
        return [at === 0 ? variable.name : '↻ ' + variable.name, change.value === null ? t.empty : change.value, time(change.at), change.by || t.system];
      });
    }), t.nothing),
    h('h3', {}, t.operations),
    table('jf-operations', t.operations, [t.at, t.who, t.operation, t.on, t.from, t.to], d.operations.map(function (one) {
      return [time(one.at), one.by, one.operation + (one.property ? ' ' + one.property : ''), tasks[one.step] || one.entity, one.from, one.to];
    }), t.nothing),
    h('h3', {}, t.incidents),
    table('jf-incidents', t.incidents, [t.at, t.where, t.state, t.message], d.incidents.map(function (one) {
      return [time(one.at), names[one.elementId] || one.elementId, t['incident.' + one.state] + (one.endedAt ? ' ' + time(one.endedAt) : ''), one.message];
    }), t.nothing),
    h('h3', {}, t.failures),
    table('jf-failures', t.failures, [t.at, t.where, t.retriesLeft, t.message], d.failedTries.map(function (one) {
      return [time(one.at), names[one.elementId] || one.elementId, String(one.retriesLeft), one.message];
    }), t.nothing)
  ];
}

function above(processes, run) {
  const parent = processes.find(function (one) { return one.id === run.parentId; });
  return parent ? above(processes, parent).concat(run) : [run];
}

/** Each process with those it called behind it. */
function tree(processes, parent) {
  return processes.filter(function (one) {
    return parent ? one.parentId === parent : !processes.some(function (other) { return other.id === one.parentId; });
  }).flatMap(function (one) { return [one].concat(tree(processes, one.id)); });
}

const one = page('title', function (root, t, reader) {
  const number = decodeURIComponent(window.location.hash.split('?')[0].split('/')[2]);
  return read('cases/' + encodeURIComponent(number)).then(function (found) {
    // What the engine remembers is for auditors only; everybody else here reads the record of the case.
    const run = !reader.history ? undefined : found.processes.find(function (process) { return process.id === wanted().process; })
      || found.processes.find(function (process) { return process.key === 'account-appeal'; }) || found.processes[0];
    const s = found.summary;
    const place = h('div', { class: 'jf-diagram', id: 'jf-diagram', tabindex: '0', role: 'img', 'aria-label': t.path });
    const inside = h('section', {});
    const file = h('a', { id: 'jf-file', class: 'btn btn-default', href: '/api/appeals/' + number + '/file', download: '' }, t.file);
    root.append(
      h('nav', { 'aria-label': t.title }, h('a', { href: '#/cases' }, '← ' + t.all)),
      h('div', { class: 'jf-bar' }, h('h1', {}, number), reader.file ? file : ''),
      h('dl', { class: 'jf-facts' },
        [[t['column.employee'], (s.employee || '') + ' (' + s.employeeId + ')'], [t['column.carrier'], s.carrier], [t['column.account'], s.account],
          [t['column.causes'], s.causes], [t['column.stage'], s.stage], [t['column.outcome'], s.outcome || t.running],
          [t['column.opened'], s.openedAt], [t['column.closed'], s.closedAt || '–']].map(function (fact) {
          return h('div', {}, h('dt', {}, fact[0]), h('dd', {}, fact[1]));
        })),
      run ? h('h2', {}, t.processes) : '',
      run ? h('ul', { id: 'jf-processes', class: 'jf-processes' }, tree(found.processes).map(function (process) {
        return h('li', { style: 'margin-left:' + (above(found.processes, process).length - 1) * 20 + 'px' },
          h('a', { href: address('/cases/' + number, { process: process.id }), 'aria-current': process.id === run.id ? 'true' : null }, process.name),
          h('span', { class: 'text-muted' }, ' ' + t.version + ' ' + process.version + ', ' + time(process.startedAt) + ' – ' + (process.endedAt ? time(process.endedAt) : t.running)
            + (process.startedBy ? ', ' + t.startedBy + ' ' + process.startedBy : '')));
      })) : '',
      run ? h('ol', { id: 'jf-way', class: 'breadcrumb', 'aria-label': t.path }, above(found.processes, run).map(function (process) {
        return h('li', {}, process.id === run.id ? h('strong', { 'aria-current': 'page' }, process.name)
          : h('a', { href: address('/cases/' + number, { process: process.id }) }, process.name));
      })) : '',
      run ? h('h2', {}, t.path) : '', run ? h('p', { class: 'text-muted' }, t.pathHint) : '', run ? place : '', inside,
      h('h2', {}, t.timeline),
      table('jf-timeline', t.timeline, [t.at, t.who, t.what, t.detail], found.timeline.map(function (entry) {
        return [entry.at, entry.by === 'system' ? t.system : entry.by, entry.what, entry.detail];
      }), t.nothing),
      h('h2', {}, t.contacts),
      table('jf-contacts', t.contacts, [t.at, t.channel, t.answer, t.named, t.who], found.contacts.map(function (contact) {
        return [contact.on, contact.channel, contact.answer, contact.day, contact.by];
      }), t.nothing),
      h('h2', {}, t.evidence),
      table('jf-evidence', t.evidence, [t.item, t.name, t.type, t.size, t.hash, t.who, t.added], found.evidence.map(function (piece) {
        return [piece.item, piece.name, piece.mediaType, piece.size.toLocaleString('en-US'), h('code', { class: 'jf-hash' }, piece.sha256), piece.by === 'system' ? t.system : piece.by, time(piece.at)];
      }), t.nothing),
      h('h2', {}, t.disclosures),
      table('jf-disclosures', t.disclosures, [t.at, t.recipient, t.purpose, t.items, t.who], found.disclosures.map(function (entry) {
        return [time(entry.at), entry.recipient, entry.purpose, entry.items, entry.by];
      }), t.nothing),
      h('p', { class: 'text-muted' }, t.readOnly));
    if (!run) {
      return null;
    }
    return read('cases/' + encodeURIComponent(number) + '/processes/' + encodeURIComponent(run.id)).then(function (view) {
      inside.append.apply(inside, details(view, t));
      return showPath(place, view, number, t);
    });
  });
});

const statistics = page('statistics', function (root, t, reader) {
  const asked = wanted();
  return read('statistics', { process: asked.process, from: asked.from, to: asked.to }).then(function (figures) {
    const by = asked.by === 'time' ? 'time' : 'count';
    const processes = {};
    figures.processes.forEach(function (process) { processes[process.key] = process.name; });
    const form = h('form', { class: 'jf-search', submit: function (event) {
      event.preventDefault();
      window.location.hash = address('/case-statistics', Object.fromEntries(new FormData(form)));
    } },
    choice('process', t.process, processes, figures.process),
    field('from', t.periodFrom, 'date', figures.from),
    field('to', t.periodTo, 'date', figures.to),
    choice('by', t.heatBy, { count: t['heat.count'], time: t['heat.time'] }, by),
    h('div', { class: 'form-group jf-buttons' }, h('button', { type: 'submit', class: 'btn btn-primary' }, t.show)));
    const place = h('div', { class: 'jf-diagram', tabindex: '0', role: 'img', 'aria-label': t.heat });
    const steps = figures.steps.filter(function (step) { return /Task|callActivity/.test(step.type); });
    root.append(h('h1', {}, t.statistics), form, h('h2', {}, t.heat),
      h('p', { class: 'text-muted' }, t.legendLow + ' ', [1, 2, 3, 4, 5].map(function (heat) { return h('span', { class: 'jf-legend jf-legend-' + heat }, ' '); }), ' ' + t.legendHigh),
      place,
      h('h2', {}, t.durations),
      table('jf-durations', t.durations, [t.step, t.type, t.count, t.open, t.median, t.p90], steps.map(function (step) {
        return [step.name || step.elementId, step.type, String(step.count), String(step.open), duration(step.medianMillis), duration(step.p90Millis)];
      }), t.nothing),
      h('h2', {}, t.outcomes),
      table('jf-outcomes', t.outcomes, [t.carrier, t.cause, t.outcome, t.cases], figures.outcomes.map(function (line) {
        return [reader.carriers[line.carrier] || line.carrier, reader.causes[line.cause] || line.cause, reader.outcomes[line.outcome] || line.outcome, String(line.count)];
      }), t.nothing));
    return draw(place, figures.diagram).then(function (drawn) {
      const weight = function (step) { return by === 'time' ? step.medianMillis || 0 : step.count; };
      const most = Math.max.apply(null, [1].concat(steps.map(weight)));
      steps.forEach(function (step) {
        if (drawn.get('elementRegistry').get(step.elementId) && weight(step) > 0) {
          drawn.get('canvas').addMarker(step.elementId, 'jf-heat-' + Math.max(1, Math.ceil(5 * weight(step) / most)));
          drawn.get('overlays').add(step.elementId, { position: { top: -10, right: 10 },
            html: h('span', { class: 'jf-count' }, by === 'time' ? duration(step.medianMillis) : String(step.count)) });
        }
      });
    });
  });
});

function link(id, priority, path, key, may) {
  return {
    id: id,
    pluginPoint: 'cockpit.navigation',
    priority: priority,
    pagePath: '#' + path,
    properties: { pagePath: '#' + path, checkActive: function (url) { return url.indexOf('#' + path) >= 0; } },
    render: function (node) {
      desk.then(function (reader) {
        if (reader[may]) {
          node.append(h('a', { href: '#' + path }, reader.texts[key]));
        }
      });
    }
  };
}

export default [
  link('jiefeng.cases', 95, '/cases', 'title', 'cases'),
  link('jiefeng.statistics', 94, '/case-statistics', 'statistics', 'statistics'),
  { id: 'jiefeng.route.cases', pluginPoint: 'cockpit.route', properties: { path: '/cases' }, render: search },
  { id: 'jiefeng.route.case', pluginPoint: 'cockpit.route', properties: { path: '/cases/:number' }, render: one },
  { id: 'jiefeng.route.statistics', pluginPoint: 'cockpit.route', properties: { path: '/case-statistics' }, render: statistics }
];
