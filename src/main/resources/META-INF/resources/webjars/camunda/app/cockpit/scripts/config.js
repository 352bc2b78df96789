// Jiefeng's settings of this web app: name, languages, and the one login.
export default {
  app: { name: 'Jiefeng 解封', vendor: ' ' },
  customScripts: ['scripts/login.js', 'scripts/cases.js'],
  locales: { availableLocales: ['en', 'zh'], fallbackLocale: 'en' }
};
