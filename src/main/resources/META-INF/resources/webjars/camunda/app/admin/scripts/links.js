// A link from Admin to our page of notifications, for whoever may open it. Admin has no plugin point in its header.
const chinese = (window.localStorage.getItem('camunda-language') || navigator.language || '').startsWith('zh');

function draw() {
  const account = document.querySelector('li.account');
  if (!account || document.getElementById('jiefeng-notifications')) {
    return false;
  }
  const anchor = document.createElement('a');
  anchor.href = '/notifications';
  anchor.textContent = chinese ? '通知' : 'Notifications';
  const item = document.createElement('li');
  item.id = 'jiefeng-notifications';
  item.appendChild(anchor);
  account.parentNode.insertBefore(item, account);
  return true;
}

fetch('/api/pages', { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  .then(function (answer) { return answer.ok ? answer.json() : []; })
  .then(function (open) {
    if (open.indexOf('/notifications') >= 0 && !draw()) {
      const watch = new MutationObserver(function () {
        if (draw()) {
          watch.disconnect();
        }
      });
      watch.observe(document.body, { childList: true, subtree: true });
    }
  })
  .catch(function () { /* no link then */ });
