// Links from Tasklist to our own pages, in the browser's language.
const chinese = (window.localStorage.getItem('camunda-language') || navigator.language || '').startsWith('zh');

function link(id, priority, href, text, onlyIfThere) {
  return {
    id: id,
    pluginPoint: 'tasklist.navbar.action',
    priority: priority,
    render: function (container) {
      const anchor = document.createElement('a');
      anchor.href = href;
      anchor.textContent = text;
      if (!onlyIfThere) {
        container.appendChild(anchor);
        return;
      }
      fetch(href, { method: 'HEAD', credentials: 'same-origin', redirect: 'manual' }).then(function (answer) {
        if (answer.ok) {
          container.appendChild(anchor);
        }
      });
    }
  };
}

export default [
  link('jiefeng.appeals', 200, '/appeals', chinese ? '我的申诉' : 'My appeals', false),
  link('jiefeng.absence', 198, '/absence', chinese ? '离岗与代理' : 'Absence', false),
  link('jiefeng.team', 197, '/team', chinese ? '部门任务' : 'Team tasks', true),
  link('jiefeng.carrierDesk', 195, '/carrier/matters', chinese ? '运营商事务台' : 'Carrier desk', true),
  link('jiefeng.incidents', 193, '/carrier/incidents', chinese ? '批次' : 'Incidents', true),
  link('jiefeng.simulator', 190, '/simulator', chinese ? '扮演运营商' : 'Play the carrier', true)
];
