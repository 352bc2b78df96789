/*
 * What the embedded task forms about evidence share: facts, checklist with uploads, application, reviews.
 *
 * The forms in forms/ hold every text and field, so that process owners edit them there; this script only fills them
 * and talks to /api/appeals. Parts are marked by data-part, facts by data-fact, texts for messages by data-text.
 */
window.CaseForms = (function () {
  'use strict';

  // The web apps live under <context path>/camunda, our API beside them.
  const root = location.pathname.split('/camunda/')[0];

  function part(element, name) {
    return element.querySelector('[data-part="' + name + '"]');
  }

  function clone(element, template) {
    return element.querySelector('template[data-row="' + template + '"]').content.firstElementChild.cloneNode(true);
  }

  function set(row, name, value) {
    const target = row.querySelector('[data-field="' + name + '"]');
    if (target) {
      target.textContent = value;
    }
    return target;
  }

  /** A text of the form itself, with {0}, {1} … filled in. */
  function text(element, key) {
    const found = element.querySelector('[data-text="' + key + '"]');
    const values = Array.prototype.slice.call(arguments, 2);
    return values.reduce((all, value, i) => all.replace('{' + i + '}', value), found ? found.textContent : key);
  }

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + ' KB' : (bytes / 1048576).toFixed(1) + ' MB';
  }

  function time(instant) {
    const date = new Date(typeof instant === 'number' ? instant * 1000 : instant);
    return date.toLocaleString('sv', { timeZone: 'Asia/Shanghai' }).slice(0, 16);
  }

  /** What a refusal says: our reasons field by field, or at least the status. */
  function reasons(status, body) {
    try {
      const problem = JSON.parse(body);
      if (problem.errors && problem.errors.length) {
        return problem.errors.map((error) => error.reason);
      }
      return [problem.detail || problem.title || String(status)];
    } catch (e) {
      return [String(status)];
    }
  }

  class Case {
    constructor(element, number) {
      this.element = element;
      this.url = root + '/api/appeals/' + encodeURIComponent(number);
      this.csrf = null;
      this.evidence = null;
    }

    text() {
      return text.apply(null, [this.element].concat(Array.prototype.slice.call(arguments)));
    }

    get(path) {
      return fetch(this.url + path, { credentials: 'same-origin', headers: { Accept: 'application/json' } })
        .then((response) => {
          if (!response.ok) {
            throw new Error(String(response.status));
          }
          return response.status === 204 ? null : response.json();
        });
    }

    /** Session calls that change something carry the token of this session. */
    token() {
      return fetch(root + '/api/csrf', { credentials: 'same-origin', headers: { Accept: 'application/json' } })
        .then((response) => (response.ok ? response.json() : null))
        .then((csrf) => {
          this.csrf = csrf;
        });
    }

    send(method, path, body, options) {
      const request = new XMLHttpRequest();
      request.open(method, this.url + path, !(options && options.wait));
      if (this.csrf) {
        request.setRequestHeader(this.csrf.headerName, this.csrf.token);
      }
      request.setRequestHeader('Accept', 'application/json');
      if (typeof body === 'string') {
        request.setRequestHeader('Content-Type', 'application/json');
      }
      if (options && options.progress) {
        request.upload.onprogress = options.progress;
      }
      if (options && options.wait) {
        request.send(body);
        return request;
      }
      return new Promise((resolve) => {
        request.onload = () => resolve(request);
        // The connection breaks when a file is far too large: the server stops reading.
        request.onerror = () => resolve({ status: 0, responseText: '' });
        request.send(body);
      });
    }

    complain(messages) {
      const alert = part(this.element, 'problems');
      alert.textContent = '';
      messages.forEach((message) => {
        const line = document.createElement('div');
        line.textContent = message;
        alert.appendChild(line);
      });
      alert.classList.toggle('hidden', messages.length === 0);
      if (messages.length) {
        alert.scrollIntoView({ block: 'center' });
      }
    }

    showFacts() {
      return this.get('/sheet').then((facts) => {
        this.element.querySelectorAll('[data-fact]').forEach((target) => {
          const value = facts[target.dataset.fact] || '';
          target.textContent = value;
          const row = target.closest('[data-fact-row]');
          if (row) {
            row.classList.toggle('hidden', value === '');
          }
        });
        return facts;
      });
    }

    showEvidence() {
      return this.get('/evidence').then((evidence) => {
        this.evidence = evidence;
        this.showReviews(evidence.reviews);
        const list = part(this.element, 'items');
        if (list) {
          list.textContent = '';
          evidence.items.forEach((item) => list.appendChild(this.itemRow(item)));
        }
        return evidence;
      });
    }

    itemRow(item) {
      const row = clone(this.element, 'item');
      row.dataset.item = item.code;
      set(row, 'name', item.name);
      set(row, 'hint', item.hint);
      const state = row.querySelector('[data-field="state"]');
      state.textContent = this.text(item.settledBy || (item.required ? 'MISSING' : 'OPTIONAL'));
      state.className = 'label label-' + (item.settledBy ? 'success' : item.required ? 'danger' : 'default');
      if (item.waiver) {
        set(row, 'waiver', this.text('waived', item.waiver.by, item.waiver.reason)).classList.remove('hidden');
      }
      const files = row.querySelector('[data-field="files"]');
      item.files.forEach((file) => files.appendChild(this.fileRow(file)));
      const drop = row.querySelector('[data-field="drop"]');
      if (drop) {
        if (this.evidence.changeable && item.takesUploads) {
          this.takeFiles(drop, item);
        } else {
          drop.classList.add('hidden');
        }
      }
      return row;
    }

    fileRow(file) {
      const row = clone(this.element, 'file');
      const link = row.querySelector('a');
      link.textContent = file.name;
      // The web apps' page must not navigate away: without this attribute the browser would leave the task.
      link.setAttribute('download', file.name);
      link.href = this.url + '/evidence/' + encodeURIComponent(file.id);
      set(row, 'size', size(file.size));
      set(row, 'by', this.text(file.source === 'RECORD' ? 'filed' : 'added', file.addedBy, time(file.addedAt)));
      const remove = row.querySelector('button');
      if (remove) {
        if (file.removable) {
          remove.addEventListener('click', () => this.remove(file));
        } else {
          remove.remove();
        }
      }
      return row;
    }

    remove(file) {
      this.token()
        .then(() => this.send('DELETE', '/evidence/' + encodeURIComponent(file.id)))
        .then((request) => {
          this.complain(request.status < 300 ? [] : reasons(request.status, request.responseText));
          return this.showEvidence();
        });
    }

    takeFiles(drop, item) {
      const input = drop.querySelector('input[type=file]');
      input.accept = this.evidence.limits.extensions.join(',');
      input.addEventListener('change', () => this.upload(drop, item, Array.from(input.files)));
      ['dragover', 'dragenter'].forEach((name) =>
        drop.addEventListener(name, (event) => {
          event.preventDefault();
          drop.classList.add('bg-info');
        })
      );
      drop.addEventListener('dragleave', () => drop.classList.remove('bg-info'));
      drop.addEventListener('drop', (event) => {
        event.preventDefault();
        drop.classList.remove('bg-info');
        this.upload(drop, item, Array.from(event.dataTransfer.files));
      });
    }

    /** One after the other, so that progress means something and one refusal does not stop the rest. */
    upload(drop, item, files) {
      const progress = drop.querySelector('progress');
      const limit = this.evidence.limits.maxFileBytes;
      const refused = [];
      this.uploading = true;
      progress.classList.remove('hidden');
      return files
        .reduce(
          (before, file) =>
            before.then(() => {
              if (file.size > limit) {
                refused.push(this.text('tooLarge', file.name, size(limit)));
                return null;
              }
              const form = new FormData();
              form.append('item', item.code);
              form.append('file', file, file.name);
              const shown = (event) => {
                progress.value = (100 * event.loaded) / event.total;
              };
              return this.send('POST', '/evidence', form, { progress: shown }).then((request) => {
                if (request.status === 0) {
                  refused.push(this.text('broken', file.name));
                } else if (request.status >= 300) {
                  refused.push.apply(refused, reasons(request.status, request.responseText));
                }
              });
            }),
          this.token()
        )
        .then(() => {
          this.uploading = false;
          progress.classList.add('hidden');
          drop.querySelector('input[type=file]').value = '';
          this.complain(refused);
          return this.showEvidence();
        });
    }

    showReviews(reviews) {
      const returned = part(this.element, 'returned');
      const last = reviews[reviews.length - 1];
      if (returned) {
        returned.classList.toggle('hidden', !last || last.decision !== 'RETURN');
        if (last) {
          set(returned, 'reasons', last.reasons.join(', '));
          set(returned, 'reason', last.reason);
          set(returned, 'by', last.reviewer + ', ' + time(last.reviewedAt));
        }
      }
      const list = part(this.element, 'reviews');
      if (list) {
        list.textContent = '';
        reviews.forEach((review) => {
          const row = clone(this.element, 'review');
          set(row, 'decision', this.text(review.decision));
          set(row, 'reasons', review.reasons.join(', '));
          set(row, 'reason', review.reason);
          set(row, 'by', review.reviewer + ', ' + time(review.reviewedAt));
          list.appendChild(row);
        });
        list.closest('section').classList.toggle('hidden', reviews.length === 0);
      }
    }

    /** What is different since the last review; nothing before the first. */
    showChanges(changes) {
      const section = part(this.element, 'changes');
      section.classList.toggle('hidden', !changes);
      if (!changes) {
        return;
      }
      const add = (list, template, label, before, after) => {
        const row = clone(this.element, template);
        set(row, 'label', label);
        set(row, 'before', before || '');
        set(row, 'after', after || '');
        part(section, list).appendChild(row);
      };
      const line = (measure) =>
        measure &&
        this.text('measureLine', this.text(measure.kind), measure.description, measure.owner, measure.dueOn, measure.howMeasured);
      changes.texts.forEach((change) => {
        const label = this.element.querySelector('[data-label="' + change.field + '"]').textContent.trim();
        add('changedTexts', 'changedText', label, change.before, change.after);
      });
      changes.measures.forEach((change) => {
        const kind = !change.before ? 'measureAdded' : !change.after ? 'measureRemoved' : 'measureChanged';
        add('changedMeasures', 'change', this.text(kind), line(change.before), line(change.after));
      });
      const file = (found) => this.text('fileLine', found.item, found.name);
      changes.filesAdded.forEach((found) => add('changedFiles', 'change', this.text('fileAdded'), '', file(found)));
      changes.filesRemoved.forEach((found) => add('changedFiles', 'change', this.text('fileRemoved'), file(found), ''));
      part(section, 'unchanged').classList.toggle('hidden', section.querySelector('[data-field="label"]') !== null);
    }

    measureRow(list, measure) {
      const row = clone(this.element, 'measure');
      row.querySelectorAll('[data-measure]').forEach((field) => {
        const value = measure[field.dataset.measure];
        if (value) {
          field.value = value;
        }
      });
      row.querySelector('button').addEventListener('click', () => {
        row.remove();
        list.dispatchEvent(new Event('input', { bubbles: true }));
      });
      list.appendChild(row);
    }

    /** The application as it stands in the form. */
    application() {
      const application = { measures: [] };
      this.element.querySelectorAll('[data-application]').forEach((field) => {
        application[field.dataset.application] = field.type === 'checkbox' ? field.checked : field.value;
      });
      part(this.element, 'measures')
        .querySelectorAll('[data-measure-row]')
        .forEach((row) => {
          const measure = {};
          row.querySelectorAll('[data-measure]').forEach((field) => {
            measure[field.dataset.measure] = field.value || null;
          });
          application.measures.push(measure);
        });
      return application;
    }

    labelOf(field) {
      const measure = /^measures\[(\d+)\]\.(\w+)$/.exec(field);
      const target = measure
        ? part(this.element, 'measures')
            .querySelectorAll('[data-measure-row]')
            [measure[1]].querySelector('[data-measure="' + measure[2] + '"]')
        : this.element.querySelector('[data-application="' + field + '"]') || part(this.element, field);
      if (!target) {
        return field;
      }
      const label = target.closest('.form-group') && target.closest('.form-group').querySelector('label');
      const own = target.title || (label ? label.textContent.trim() : field);
      return measure ? this.text('measure', Number(measure[1]) + 1, own) : own;
    }
  }

  /** Task_PrepareApplication: returns what to call on Complete. */
  function prepareApplication(element, number) {
    const it = new Case(element, number);
    const measures = part(element, 'measures');
    let draft = null;
    let loaded = false;

    function saveDraft() {
      draft = null;
      it.token()
        .then(() => it.send('PUT', '/application?draft=true', JSON.stringify(it.application())))
        .then((request) => {
          part(element, 'saved').textContent = it.text(request.status < 300 ? 'saved' : 'notSaved', time(Date.now() / 1000).slice(11));
        });
    }

    element.addEventListener('input', (event) => {
      if (loaded && event.target.type !== 'file') {
        clearTimeout(draft);
        draft = setTimeout(saveDraft, 1500);
      }
    });
    part(element, 'addMeasure').addEventListener('click', () => it.measureRow(measures, {}));

    Promise.all([it.token(), it.showFacts(), it.showEvidence(), it.get('/application')])
      .then((answers) => {
        const application = answers[3];
        element.querySelectorAll('[data-application]').forEach((field) => {
          if (field.type === 'checkbox') {
            field.checked = application[field.dataset.application];
          } else {
            field.value = application[field.dataset.application];
          }
        });
        application.measures.forEach((measure) => it.measureRow(measures, measure));
        if (!application.measures.length) {
          it.measureRow(measures, {});
        }
        loaded = true;
      })
      .catch(() => it.complain([it.text('unreachable')]));

    return function complete() {
      if (!loaded || it.uploading) {
        it.complain([it.text(loaded ? 'uploading' : 'unreachable')]);
        return false;
      }
      clearTimeout(draft);
      const missing = it.evidence.items.filter((item) => item.required && !item.settledBy);
      const problems = missing.length ? [it.text('missing', missing.map((item) => item.name).join(', '))] : [];
      const saved = it.send('PUT', '/application', JSON.stringify(it.application()), { wait: true });
      if (saved.status >= 300 || saved.status === 0) {
        let errors = [];
        try {
          errors = JSON.parse(saved.responseText).errors || [];
        } catch (e) {
          errors = [];
        }
        errors.forEach((error) => problems.push(it.labelOf(error.field) + ': ' + error.reason));
        if (!errors.length) {
          problems.push.apply(problems, reasons(saved.status, saved.responseText));
        }
      }
      it.complain(problems);
      return problems.length === 0;
    };
  }

  /** Task_ReviewApplication: returns what the reviewer decided, or null when something is missing. */
  function reviewApplication(element, number, route) {
    const it = new Case(element, number);
    part(element, 'override').classList.toggle('hidden', route !== 'ALTERNATIVES');
    Promise.all([it.showFacts(), it.showEvidence(), it.get('/application'), it.get('/application/changes')])
      .then((answers) => {
        it.showChanges(answers[3]);
        const application = answers[2];
        element.querySelectorAll('[data-application]').forEach((field) => {
          field.textContent = application[field.dataset.application];
        });
        const list = part(element, 'measures');
        application.measures.forEach((measure) => {
          const row = clone(element, 'measure');
          ['description', 'owner', 'dueOn', 'howMeasured'].forEach((name) => set(row, name, measure[name] || ''));
          set(row, 'kind', it.text(measure.kind));
          list.appendChild(row);
        });
      })
      .catch(() => it.complain([it.text('unreachable')]));

    const reasonPart = part(element, 'reasons');
    element.querySelectorAll('[name=decision]').forEach((choice) =>
      choice.addEventListener('change', () => {
        reasonPart.classList.toggle('hidden', choice.value === 'APPROVE');
        it.complain([]);
      })
    );

    return function decide() {
      const chosen = element.querySelector('[name=decision]:checked');
      if (!chosen) {
        it.complain([it.text('noDecision')]);
        return null;
      }
      const approved = chosen.value === 'APPROVE';
      const codes = Array.from(element.querySelectorAll('[name=reasonCode]:checked')).map((code) => code.value);
      const reason = part(element, 'reason').value.trim();
      const problems = [];
      if (!approved && !codes.length) {
        problems.push(it.text('noReasonCode'));
      }
      if (!approved && !reason) {
        problems.push(it.text('noReason'));
      }
      it.complain(problems);
      if (problems.length) {
        return null;
      }
      return {
        companyDecision: chosen.value,
        reviewReasonCode: approved ? '' : codes.join(','),
        reviewReason: approved ? '' : reason,
        carrierAppealOverride: approved && route === 'ALTERNATIVES' && part(element, 'overrideTick').checked
      };
    };
  }

  /** Task_ProvideSupplement: returns what to call on Complete. */
  function provideSupplement(element, number) {
    const it = new Case(element, number);
    const show = it.showEvidence;
    // One place to drop files: whatever the carrier asked for is one supplement.
    it.showEvidence = function () {
      return show.call(it).then((evidence) => {
        const found = evidence.items.filter((item) => item.code === 'SUPPLEMENT')[0];
        const supplement = found || { code: 'SUPPLEMENT', files: [] };
        const files = part(element, 'files');
        files.textContent = '';
        it.brought = supplement.files.filter((file) => file.removable);
        it.brought.forEach((file) => files.appendChild(it.fileRow(file)));
        const drop = part(element, 'drop');
        if (!drop.dataset.ready) {
          drop.dataset.ready = 'true';
          it.takeFiles(drop, supplement);
        }
        return evidence;
      });
    };
    Promise.all([it.token(), it.showFacts(), it.showEvidence()]).catch(() => it.complain([it.text('unreachable')]));

    return function complete() {
      if (it.uploading || !it.brought || !it.brought.length) {
        it.complain([it.text(it.uploading ? 'uploading' : 'noFile')]);
        return false;
      }
      it.complain([]);
      return true;
    };
  }

  return { prepareApplication, reviewApplication, provideSupplement };
})();
