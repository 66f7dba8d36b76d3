// Asks a passkey, and puts what it answers into the form beside it. Nothing else is read or sent.
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function made(credential) {
  const said = credential.response;
  const told = { clientDataJSON: text(said.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[name]) told[name] = text(said[name]);
  }
  if (said.getTransports) told.transports = said.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    response: told,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(form) {
  const address = form.dataset.passkeyUrl;
  const { publicKey } = address
    ? (await (await fetch(address, { headers: { Accept: "application/json" } })).json()).request_options
    : JSON.parse(form.dataset.passkeyOptions);
  publicKey.challenge = bytes(publicKey.challenge);
  if (form.dataset.passkey === "get") {
    publicKey.allowCredentials = known(publicKey.allowCredentials);
    return navigator.credentials.get({ publicKey });
  }
  publicKey.user.id = bytes(publicKey.user.id);
  publicKey.excludeCredentials = known(publicKey.excludeCredentials);
  if (form.elements.passwordless?.checked) {
    publicKey.authenticatorSelection = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  }
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const status = form.querySelector("[data-passkey-status]");
    status.textContent = "Waiting for your passkey …";
    try {
      form.elements.credential.value = made(await ask(form));
      form.submit();
    } catch {
      status.textContent = "Your passkey did not answer. Try again, or use another way.";
    }
  });
}
