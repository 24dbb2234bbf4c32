// What a page calls a file or pages that it waits for, so that it can ask how far they are and give them
// up.

// A UUID of version 4; crypto.randomUUID is there over HTTPS only.
export function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

// The address at which a token is asked for: the page has it with a token of noughts.
export const addressOf = (url, token) => url.replace(/0{8}-0{4}-0{4}-0{4}-0{12}/, token);

export function giveUp(url, token, csrf) {
  return fetch(addressOf(url, token), { method: "POST", headers: { "X-CSRFToken": csrf }, keepalive: true })
    .catch(() => null); // it ends by itself, only later
}
