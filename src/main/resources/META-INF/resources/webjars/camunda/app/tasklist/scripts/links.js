// Links from Tasklist to our own pages, in the browser's language.
var chinese = (window.localStorage.getItem('camunda-language') || navigator.language || '').indexOf('zh') === 0;
export default [
  {
    id: 'jiefeng.appeals',
    pluginPoint: 'tasklist.navbar.action',
    priority: 200,
    render: function (container) {
      container.innerHTML = '<a href="/appeals">' + (chinese ? '申诉进度' : 'Appeals') + '</a>';
    }
  }
];
