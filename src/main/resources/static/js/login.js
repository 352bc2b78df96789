// What stands behind the hash of the address that was asked for never reaches the server; the browser has kept it up to
// here, and keeps it over the sign-in when the form goes to an address that has it.
const form = document.querySelector('form');
form.action += window.location.hash;
