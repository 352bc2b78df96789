// Links from Tasklist to our own pages, in the browser's language.
const chinese = (window.localStorage.getItem('camunda-language') || navigator.language || '').startsWith('zh');

// Asked once: a page that would answer no is not even tried.
const pages = fetch('/api/pages', { credentials: 'same-origin', headers: { Accept: 'application/json' } })
  .then(function (answer) { return answer.ok ? answer.json() : []; })
  .catch(function () { return []; });

function link(id, priority, href, text) {
  return {
    id: id,
    pluginPoint: 'tasklist.navbar.action',
    priority: priority,
    render: function (container) {
      pages.then(function (open) {
        if (open.indexOf(href) >= 0) {
          const anchor = document.createElement('a');
          anchor.href = href;
          anchor.textContent = text;
          container.appendChild(anchor);
        }
      });
    }
  };
}

export default [
  link('jiefeng.appeals', 200, '/appeals', chinese ? '我的申诉' : 'My appeals'),
  link('jiefeng.training', 199, '/training', chinese ? '培训' : 'Training'),
  link('jiefeng.anomalies', 198.5, '/anomalies', chinese ? '报告异常' : 'Report an anomaly'),
  link('jiefeng.conduct', 198.2, '/conduct', chinese ? '行为记录' : 'Conduct'),
  link('jiefeng.absence', 198, '/absence', chinese ? '离岗与代理' : 'Absence'),
  link('jiefeng.team', 197, '/team', chinese ? '部门任务' : 'Team tasks'),
  link('jiefeng.carrierDesk', 195, '/carrier/matters', chinese ? '运营商事务台' : 'Carrier desk'),
  link('jiefeng.incidents', 193, '/carrier/incidents', chinese ? '批次' : 'Incidents'),
  link('jiefeng.retention', 192, '/retention', chinese ? '保存与删除' : 'Retention'),
  link('jiefeng.simulator', 190, '/simulator', chinese ? '扮演运营商' : 'Play the carrier')
];
