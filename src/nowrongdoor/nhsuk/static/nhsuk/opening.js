// Opens a downtime pack in a browser, with nothing else running. The same steps as nhsuk/sealed_file.py.
const form = document.querySelector("form"), told = document.getElementById("told");
const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
const label = new TextEncoder().encode("No Wrong Door downtime pack 1");

form.onsubmit = async (sent) => {
  sent.preventDefault();
  const read = { 0: "O", 1: "I", 8: "B" };
  const typed = form.phrase.value.toUpperCase().replace(/[^A-Z0-9]/g, "").replace(/[018]/g, (one) => read[one]);
  const inside = JSON.parse(document.getElementById("pack").textContent);
  try {
    const made = await crypto.subtle.importKey("raw", new TextEncoder().encode(typed), "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: bytes(inside.salt), info: label },
      made, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const page = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes(inside.nonce), additionalData: label }, key, bytes(inside.body));
    document.getElementById("main").innerHTML = new TextDecoder().decode(page);
    document.querySelector("h1").focus();
  } catch {
    told.textContent = "This phrase does not open it. See that it is the phrase of this team, and type it again.";
    form.phrase.focus();
  }
};
