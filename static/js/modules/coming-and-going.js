// Who came and who went, told to a screen reader: politely, once things are quiet, and never who was there to begin with. Somebody
// who goes from one section to the next, or whose train was in a tunnel, has not gone.

const QUIET_FOR = 4000;

export class ComingAndGoing {
  constructor(place, words) {
    this.place = place;
    this.words = words;
    this.known = null;
  }

  // `people` as [{id, name}].
  hear(people) {
    this.now = new Map(people.map(({ id, name }) => [id, name]));
    this.known ??= this.now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#say(), QUIET_FOR);
  }

  #say() {
    const { came, went } = this.words;
    const sentences = [
      ...this.#beyond(this.now, this.known).map((name) => came.replace("{name}", () => name)),
      ...this.#beyond(this.known, this.now).map((name) => went.replace("{name}", () => name)),
    ];
    this.known = this.now;
    if (sentences.length) this.place.textContent = sentences.join(" ");
  }

  #beyond(people, others) {
    return [...people].filter(([id]) => !others.has(id)).map(([, name]) => name);
  }
}
