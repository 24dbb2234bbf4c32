// What is typed with shorter pauses than this (milliseconds) is undone in one step.

export const UNDO_STEP = 400;
