// A routine as one line of steps, for what was swapped and changed.

export const isWork = (step) => step.kind === "hold" || step.kind === "reps";
export const resting = (step) => step.kind === "rest" || step.kind === "down";

// choice: by move, 0 as planned.
export function moveOf(routine, number, choice) {
  const planned = routine.moves[number];
  const chosen = choice[number] ?? 0;
  return chosen ? (planned.instead[chosen - 1] ?? planned) : planned;
}

// change: by move, [rule, after which set].
export function lineOf(routine, { choice, change }) {
  const steps = routine.moves.flatMap((_, number) => {
    const move = moveOf(routine, number, choice);
    const [index, after] = change[number] ?? [null, 0];
    const rule = index === null ? null : move.rules[index];
    return move.steps
      .filter(([, , set]) => !rule || set <= Math.max(rule.sets, after))
      .flatMap(([kind, seconds, set, side]) => {
        const changed = rule && set > after && (kind === "hold" || kind === "reps");
        const dose = changed ? rule : move;
        const step = {
          number, move, kind, set, side,
          seconds: Math.round(seconds * (changed ? rule.amount / move.amount : 1)),
          amount: dose.amount, load: dose.load, feel: dose.feel ?? "",
          upTo: changed ? rule.amount : Math.max(move.amount, move.up_to ?? 0),
        };
        // What goes on by feel takes no time of the plan's.
        return isWork(step) && step.upTo > step.amount ? [step, { ...step, kind: "more", seconds: 0 }] : [step];
      });
  });
  const last = steps.at(-1);
  if (last.kind === "rest") last.kind = "down";
  return steps;
}

// Seconds of one repetition by the metronome.
export const cycle = (step) => step.move.tempo.reduce((sum, s) => sum + s, 0);

// During a rest the next thing is what is wanted: its picture and its name.
export function subject(line, step) {
  if (step.kind !== "rest") return step;
  return line.slice(line.indexOf(step) + 1).find(isWork) ?? step;
}
