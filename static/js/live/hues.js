// The colour of a person: one of five, always the same for the same person.

const HUES = 5;

export const hueOf = (person) => `p${(person % HUES) + 1}`;
