// Sends a form beside the page and says how far it is. A request of the older kind: only that one tells.

// `say(percent)` is told as the body leaves. {answer, abort}: the answer is what the server says as JSON, also of a refusal;
// it fails when there is no connection or anything but JSON comes back, such as the page to sign in.
export function sendForm(address, body, say) {
  const request = new XMLHttpRequest();
  const answer = new Promise((resolve, reject) => {
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => {
      if (request.response) resolve(request.response);
      else reject(new Error(`no answer in JSON, status ${request.status}`));
    });
    request.addEventListener("error", () => reject(new Error("no connection")));
    request.addEventListener("abort", () => reject(new DOMException("given up", "AbortError")));
    request.open("POST", address);
    request.send(body);
  });
  return { answer, abort: () => request.abort() };
}
