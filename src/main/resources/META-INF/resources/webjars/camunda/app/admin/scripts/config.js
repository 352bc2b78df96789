// Jiefeng's settings of this web app: name, languages, the one login, a link to our page.
export default {
  app: { name: 'Jiefeng 解封', vendor: ' ' },
  customScripts: ['scripts/login.js', 'scripts/links.js'],
  locales: { availableLocales: ['en', 'zh'], fallbackLocale: 'en' }
};
