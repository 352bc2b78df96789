// After sign-out the web app would show its own login form, which is closed: go to the one login page instead.
function toLogin() {
  if (window.location.hash.indexOf('#/login') === 0) {
    window.location.replace('/login?logout');
  }
}
window.addEventListener('hashchange', toLogin);
window.addEventListener('popstate', toLogin);
['pushState', 'replaceState'].forEach(function (name) {
  var original = window.history[name];
  window.history[name] = function () {
    var result = original.apply(window.history, arguments);
    toLogin();
    return result;
  };
});
toLogin();
