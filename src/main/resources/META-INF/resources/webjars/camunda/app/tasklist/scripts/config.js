// Jiefeng's settings of this web app: name, languages, the one login, links to our pages.
// The shortcuts are Camunda's own; its file is where they are switched on.
export default {
  app: { name: 'Jiefeng 解封', vendor: ' ' },
  customScripts: ['scripts/login.js', 'scripts/links.js'],
  locales: {
    availableLocales: ['en', 'zh'],
    fallbackLocale: 'en'
  },
  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: 'claim the selected task · 认领所选任务'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: 'go to the first filter · 转到第一个筛选器'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: 'go to the first task · 转到第一个任务'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: 'go to the first field of the form · 转到表单的第一个字段'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: 'start a process · 启动流程'
    }
  }
};
