// Exchanges the token of a mailed link for a key. The token is in the fragment of the address, which browsers do not send;
// it is sent only after a click, because programs that scan mails open links too.
const ENGLISH = {
  title: 'Sign in',
  start: 'Press the button to get your access key. The address that you received can be used once.',
  enter: 'Sign in',
  done: 'This is your access key. It is shown only now: copy it before you close the page.',
  copy: 'Copy the key',
  expires: 'Valid until'
};
const PORTUGUESE_MESSAGES = {
  copied: 'Copiada',
  missing: 'Falta uma parte do endereço. Abra o endereço completo que você recebeu por e-mail.',
  rejected: 'O endereço já foi usado ou tem mais de 15 minutos. Peça um novo.',
  limited: 'Muitas tentativas. Espere um minuto e tente de novo.',
  failed: 'Não foi possível entrar agora. Tente de novo em alguns segundos.'
};
const ENGLISH_MESSAGES = {
  copied: 'Copied',
  missing: 'A part of the address is missing. Open the complete address of the mail.',
  rejected: 'The address was used or is older than 15 minutes. Request a new one.',
  limited: 'Too many attempts. Wait a minute and try again.',
  failed: 'You could not be signed in. Try again in a few seconds.'
};

const english = !(navigator.languages || [navigator.language]).some(language => language.startsWith('pt'));
const messages = english ? ENGLISH_MESSAGES : PORTUGUESE_MESSAGES;
const part = id => document.getElementById(id);

function translate() {
  document.documentElement.lang = 'en';
  document.title = 'Sign in · Comuta';
  document.querySelectorAll('[data-text]').forEach(node => { node.textContent = ENGLISH[node.dataset.text]; });
}

function fail(message) {
  part('error').textContent = message;
  part('error').hidden = false;
}

function show(signedIn) {
  part('start').hidden = true;
  part('key').textContent = signedIn.key;
  const expires = new Date(signedIn.expiresAt);
  part('expires').dateTime = signedIn.expiresAt;
  part('expires').textContent = expires.toLocaleString(document.documentElement.lang, { dateStyle: 'short', timeStyle: 'short' });
  part('done').hidden = false;
  part('copy').focus();
}

async function enter(token) {
  part('enter').disabled = true;
  part('error').hidden = true;
  try {
    const response = await fetch('sign-in/keys', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token })
    });
    if (response.ok) {
      show(await response.json());
    } else if (response.status === 429 || response.status >= 500) {
      fail(response.status === 429 ? messages.limited : messages.failed);
      part('enter').disabled = false;
    } else {
      fail(messages.rejected);
    }
  } catch {
    fail(messages.failed);
    part('enter').disabled = false;
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(part('key').textContent);
    part('copy').textContent = messages.copied;
  } catch {
    getSelection().selectAllChildren(part('key'));
  }
}

if (english) {
  translate();
}
const token = location.hash.slice(1);
// the token remains neither in the address bar nor in the history
history.replaceState(null, '', location.pathname);
if (token) {
  part('start').hidden = false;
  part('enter').addEventListener('click', () => enter(token));
  part('copy').addEventListener('click', copy);
} else {
  fail(messages.missing);
}
