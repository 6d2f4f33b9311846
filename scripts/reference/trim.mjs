/** What TypeDoc found, without what nobody looks up, and what of it has no comment. */

import { ReflectionKind } from "typedoc";

/** @typedef {import("typedoc").ProjectReflection} Project */
/** @typedef {import("typedoc").DeclarationReflection} Declaration */

/** What must say what it is. */
const EXPORTED =
  ReflectionKind.Class |
  ReflectionKind.Interface |
  ReflectionKind.TypeAlias |
  ReflectionKind.Variable |
  ReflectionKind.Function;

/**
 * The exports without a comment.
 * @param {Project} project
 */
export function undocumentedIn(project) {
  const exported = /** @type {Declaration[]} */ (project.getReflectionsByKind(EXPORTED));
  return exported
    .filter(({ comment, signatures }) => !(comment ?? signatures?.every((one) => one.comment)))
    .map((one) => one.getFullName());
}

/**
 * Takes out what a class only repeats, and how errors are made: only the package makes them.
 * @param {Project} project
 */
export function trim(project) {
  const classes = /** @type {Declaration[]} */ (project.getReflectionsByKind(ReflectionKind.Class));
  const own = classes.flatMap(({ children = [] }) =>
    children.filter(({ inheritedFrom }) => !inheritedFrom).map(({ name }) => name),
  );
  const told = new Set(["name", "message", "cause", "stack", ...own]);
  for (const one of classes) {
    const isError = one.name.endsWith("Error");
    const kept = (one.children ?? []).filter((member) => {
      if (member.inheritedFrom) return !told.has(member.name);
      const makes = member.kindOf(ReflectionKind.Constructor) || member.name === "of";
      return !isError || !(makes || member.name === "name");
    });
    for (const member of kept) delete member.defaultValue;
    one.children = kept;
    const ids = new Set(kept.map(({ id }) => id));
    const groups = one.groups ?? [];
    for (const group of groups) group.children = group.children.filter(({ id }) => ids.has(id));
    one.groups = groups.filter(({ children }) => children.length > 0);
  }
}
