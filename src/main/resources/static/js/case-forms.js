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

  const LOOK = 'jf-case-forms';
  if (!document.getElementById(LOOK)) {
    const look = document.createElement('link');
    look.id = LOOK;
    look.rel = 'stylesheet';
    look.href = root + '/css/case-forms.css';
    document.head.appendChild(look);
  }

  // A file dropped beside its place would replace the page, and with it everything not saved yet.
  ['dragover', 'drop'].forEach((name) =>
    window.addEventListener(name, (event) => {
      if (!event.defaultPrevented && Array.from((event.dataTransfer || {}).types || []).includes('Files')) {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'none';
      }
    })
  );

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
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + ' KB' : (bytes / 1048576).toFixed(1).replace(/\.0$/, '') + ' MB';
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
      /** Where the files of this form are brought. */
      this.place = '/evidence';
      this.evidence = null;
      /** Uploads wait here for the one before, so that progress means something. */
      this.queue = Promise.resolve();
      this.uploading = 0;
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
      if (options && options.started) {
        options.started(request);
      }
      if (options && options.wait) {
        request.send(body);
        return request;
      }
      return new Promise((resolve) => {
        request.onload = () => resolve(request);
        // The connection breaks when a file is far too large: the server stops reading.
        request.onerror = () => resolve({ status: 0, responseText: '' });
        request.onabort = () => resolve({ status: 0, responseText: '', aborted: true });
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
      return this.get(this.place).then((evidence) => {
        this.evidence = evidence;
        this.showReviews(evidence.reviews || []);
        const list = part(this.element, 'items');
        if (list) {
          evidence.items.forEach((item) => {
            const known = list.querySelector('[data-item="' + item.code + '"]');
            this.fill(known || list.appendChild(this.itemRow(item)), item);
          });
        }
        return evidence;
      });
    }

    itemRow(item) {
      const row = clone(this.element, 'item');
      row.dataset.item = item.code;
      set(row, 'name', item.name);
      set(row, 'hint', item.hint);
      this.takeFiles(row, item);
      return row;
    }

    /** What of an item changes while people work; uploads that run in it stay as they are. */
    fill(row, item) {
      const state = row.querySelector('[data-field="state"]');
      if (state) {
        state.textContent = this.text(item.settledBy || (item.required ? 'MISSING' : 'OPTIONAL'));
        state.className = 'label label-' + (item.settledBy ? 'success' : item.required ? 'danger' : 'default');
      }
      if (item.waiver) {
        set(row, 'waiver', this.text('waived', item.waiver.by, item.waiver.reason)).classList.remove('hidden');
      }
      const files = row.querySelector('[data-field="files"]');
      const shown = new Map(Array.from(files.children).map((child) => [child.dataset.file, child]));
      item.files.forEach((file) => {
        if (!shown.delete(file.id)) {
          files.appendChild(this.fileRow(row, item, file));
        }
      });
      shown.forEach((gone) => gone.remove());
    }

    fileRow(row, item, file) {
      const line = clone(this.element, 'file');
      line.dataset.file = file.id;
      const link = line.querySelector('a');
      const address = this.url + '/evidence/' + encodeURIComponent(file.id);
      link.textContent = file.name;
      // The web apps' page must not navigate away: without this attribute the browser would leave the task.
      link.setAttribute('download', file.name);
      link.href = address;
      set(line, 'size', size(file.size));
      set(line, 'by', this.text(file.source === 'RECORD' ? 'filed' : 'added', file.addedBy, time(file.addedAt)));
      this.showPreview(line, file, address + '/preview');
      const remove = line.querySelector('[data-field="remove"]');
      const replace = line.querySelector('[data-field="replace"]');
      if (remove) {
        if (file.removable) {
          remove.setAttribute('aria-label', remove.textContent + ' ' + file.name);
          remove.addEventListener('click', () => this.remove(row, file));
          if (replace) {
            const input = replace.querySelector('input');
            input.setAttribute('aria-label', replace.textContent.trim() + ' ' + file.name);
            input.accept = this.evidence.limits.extensions.join(',');
            input.addEventListener('change', () => {
              this.upload(row, item, Array.from(input.files).slice(0, 1), file);
              input.value = '';
            });
          }
        } else {
          remove.parentElement.remove();
        }
      }
      return line;
    }

    /** A small picture that a click makes larger; none where the server cannot draw one. */
    showPreview(line, file, address) {
      const preview = line.querySelector('[data-field="preview"]');
      if (!preview || !file.preview) {
        return;
      }
      const image = preview.querySelector('img');
      image.alt = file.name;
      image.addEventListener('load', () => preview.classList.remove('hidden'));
      image.addEventListener('error', () => preview.remove());
      image.src = address;
      preview.addEventListener('click', () => {
        const large = line.classList.toggle('jf-large');
        preview.setAttribute('aria-expanded', String(large));
      });
    }

    remove(row, file) {
      this.token()
        .then(() => this.send('DELETE', this.place + '/' + encodeURIComponent(file.id)))
        .then((request) => {
          this.complain(request.status < 300 ? [] : reasons(request.status, request.responseText));
          return this.showEvidence();
        })
        .then(() => {
          // The button that had the focus is gone.
          const input = row.querySelector('[data-field="drop"] input');
          if (input) {
            input.focus();
          }
        });
    }

    /** Lets an item take files, by choice or by drop, where it may. */
    takeFiles(row, item) {
      const drop = row.querySelector('[data-field="drop"]');
      if (!drop) {
        return;
      }
      if (!this.evidence.changeable || !item.takesUploads) {
        drop.remove();
        return;
      }
      const limits = this.evidence.limits;
      const input = drop.querySelector('input[type=file]');
      input.accept = limits.extensions.join(',');
      input.setAttribute('aria-label', item.name || '');
      set(drop, 'accepted', this.text('accepted', limits.extensions.map((e) => e.slice(1).toUpperCase()).join(', '), size(limits.maxFileBytes)));
      input.addEventListener('change', () => {
        this.upload(row, item, Array.from(input.files));
        input.value = '';
      });
      // The whole item takes what is dropped; its parts report entering and leaving too, so count.
      let inside = 0;
      const highlight = () => row.classList.toggle('jf-over', inside > 0);
      row.addEventListener('dragenter', (event) => {
        event.preventDefault();
        inside += 1;
        highlight();
      });
      row.addEventListener('dragover', (event) => {
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      });
      row.addEventListener('dragleave', () => {
        inside = Math.max(0, inside - 1);
        highlight();
      });
      row.addEventListener('drop', (event) => {
        event.preventDefault();
        inside = 0;
        highlight();
        this.upload(row, item, Array.from(event.dataTransfer.files));
      });
    }

    /** Each file has a line of its own with its progress, and its refusal if it comes to that. */
    upload(row, item, files, replaced) {
      files.forEach((file) => {
        const line = row.querySelector('[data-field="uploads"]').appendChild(clone(this.element, 'upload'));
        set(line, 'name', file.name);
        set(line, 'size', size(file.size));
        set(line, 'progress', this.text('waiting'));
        line.querySelector('progress').setAttribute('aria-label', file.name);
        const job = { file: file, item: item, replaced: replaced, line: line, request: null, cancelled: false };
        line.querySelector('[data-field="dismiss"]').addEventListener('click', () => line.remove());
        line.querySelector('[data-field="cancel"]').addEventListener('click', () => {
          job.cancelled = true;
          if (job.request) {
            job.request.abort();
          }
        });
        this.uploading += 1;
        this.queue = this.queue
          .then(() => this.sendFile(job))
          .catch(() => this.text('broken', file.name))
          .then((refusal) => {
            this.uploading -= 1;
            if (refusal) {
              this.refuse(line, refusal);
            } else {
              line.remove();
            }
            return this.showEvidence();
          })
          .catch(() => this.complain([this.text('unreachable')]));
      });
    }

    /** Why the file was not taken, or null. */
    sendFile(job) {
      const limit = this.evidence.limits.maxFileBytes;
      if (job.cancelled) {
        return this.text('cancelled', job.file.name);
      }
      if (job.file.size > limit) {
        return this.text('tooLarge', job.file.name, size(limit));
      }
      const form = new FormData();
      form.append('item', job.item.code);
      if (job.replaced) {
        form.append('replaces', job.replaced.id);
      }
      form.append('file', job.file, job.file.name);
      const progress = (event) => {
        const percent = Math.round((100 * event.loaded) / event.total);
        job.line.querySelector('progress').value = percent;
        set(job.line, 'progress', percent < 100 ? this.text('sent', percent) : this.text('checking'));
      };
      const started = (request) => {
        job.request = request;
      };
      return this.token()
        .then(() => this.send('POST', this.place, form, { progress: progress, started: started }))
        .then((request) => {
          if (request.aborted) {
            return this.text('cancelled', job.file.name);
          }
          if (request.status === 0) {
            return this.text('broken', job.file.name);
          }
          return request.status < 300 ? null : reasons(request.status, request.responseText).join(' ');
        });
    }

    refuse(line, reason) {
      line.classList.add('jf-refused');
      line.querySelector('.jf-progress').remove();
      // The reason begins with the name; twice it would only be longer.
      line.querySelector('[data-field="name"]').remove();
      line.querySelector('[data-field="size"]').remove();
      set(line, 'error', reason).classList.remove('hidden');
      line.querySelector('[data-field="cancel"]').remove();
      line.querySelector('[data-field="dismiss"]').classList.remove('hidden');
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
      // A case that was under way before this part existed keeps its older form.
      if (!section) {
        return;
      }
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
        const supplement = found || { code: 'SUPPLEMENT', takesUploads: true, files: [] };
        const row = part(element, 'supplement');
        it.brought = supplement.files.filter((file) => file.removable);
        if (!row.dataset.ready) {
          row.dataset.ready = 'true';
          it.takeFiles(row, supplement);
        }
        it.fill(row, Object.assign({}, supplement, { files: it.brought }));
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

  /** Task_RescueRecordings: returns what to call on Complete. */
  function rescueRecordings(element, number) {
    const it = new Case(element, number);
    it.place = '/rescue';
    Promise.all([it.token(), it.showFacts(), it.showEvidence()]).catch(() => it.complain([it.text('unreachable')]));

    return function complete() {
      if (it.uploading || !it.evidence) {
        it.complain([it.text(it.evidence ? 'uploading' : 'unreachable')]);
        return false;
      }
      const saved = it.evidence.items.some((item) => item.files.length > 0);
      const reasoned = part(element, 'reason').value.trim() !== '';
      it.complain(saved || reasoned ? [] : [it.text('noFile')]);
      return saved || reasoned;
    };
  }

  return { prepareApplication, reviewApplication, provideSupplement, rescueRecordings };
})();
